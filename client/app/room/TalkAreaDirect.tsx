// One's own line to the mediator, from the waiting room.
import { useMemo } from 'react'
import { useRoomEvents } from '#client/caucus/use-room-events.ts'
import { Conversation } from '#client/messaging/Conversation.tsx'
import { RoomComposer } from '#client/messaging/RoomComposer.tsx'
import { useReaders } from '#client/messaging/use-readers.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { TalkColumn } from '#client/ui/frame/TalkColumn.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { Older } from './Older.tsx'
import { Attach, SpokenFiles, useFileLines, useUnsentFiles } from './TalkFiles.tsx'

export function TalkAreaDirect({ room }: { room: RoomView }) {
  const readers = useReaders(room)
  const roomEvents = useRoomEvents(room)
  const said = useFileLines(
    room,
    useMemo(() => roomEvents.filter(({ seq }) => seq === undefined), [roomEvents]),
  )
  const unsent = useUnsentFiles(room)
  return (
    <TalkColumn
      room={room.audience}
      ribbon={
        <Ribbon who={room.who} more={readers.ribbonMore}>
          {readers.ribbon}
        </Ribbon>
      }
      composer={<RoomComposer room={room} alone before={<Attach room={room} />} />}
    >
      <Conversation room={room} roomEvents={said} older={<Older audience={room.audience} />} unsent={unsent} />
      <SpokenFiles key={room.audience} audience={room.audience} />
    </TalkColumn>
  )
}
