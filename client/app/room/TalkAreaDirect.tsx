// One's own line to the mediator, from the waiting room.
import { useMemo } from 'react'
import { useRoomEvents } from '#client/caucus/use-room-events.ts'
import { Conversation } from '#client/messaging/Conversation.tsx'
import { MessageActsContext } from '#client/messaging/message-acts.ts'
import { RoomComposer } from '#client/messaging/RoomComposer.tsx'
import { useReaders } from '#client/messaging/use-readers.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { TalkColumn } from '#client/ui/frame/TalkColumn.tsx'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { useLateReaders } from './late-readers.tsx'
import { Older } from './Older.tsx'
import { Attach, SpokenFiles, useFileLines, useUnsentFiles } from './TalkFiles.tsx'
import { useCrossing } from './use-crossing.tsx'

export function TalkAreaDirect({ room }: { room: RoomView }) {
  const readers = useReaders(room)
  const crossing = useCrossing(room.audience)
  const roomEvents = useRoomEvents(room)
  const happened = useMemo(() => [...roomEvents.filter(({ seq }) => seq === undefined), ...crossing.lines], [roomEvents, crossing.lines])
  const said = useLateReaders(room.audience, useFileLines(room, happened, crossing.fileItems))
  const unsent = useUnsentFiles(room)
  return (
    <TalkColumn
      room={room.audience}
      ribbon={
        <>
          <Ribbon who={room.who} more={readers.ribbonMore}>
            {readers.ribbon}
          </Ribbon>
          {crossing.bar}
        </>
      }
      composer={<RoomComposer room={room} alone before={<Attach room={room} />} />}
    >
      <MessageActsContext value={crossing.acts}>
        <Conversation room={room} roomEvents={said} older={<Older audience={room.audience} />} unsent={unsent} />
      </MessageActsContext>
      <SpokenFiles key={room.audience} audience={room.audience} />
      {crossing.dialog}
    </TalkColumn>
  )
}
