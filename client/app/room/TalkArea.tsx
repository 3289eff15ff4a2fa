// One room's talk: switch, ribbon, conversation, composer. Another room changes all of them together, in one frame, and is announced.
import { useEffect, useMemo, useRef } from 'react'
import { CaucusBar } from '#client/caucus/CaucusBar.tsx'
import { useRoomEvents } from '#client/caucus/use-room-events.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Conversation } from '#client/messaging/Conversation.tsx'
import { MessageActsContext } from '#client/messaging/message-acts.ts'
import { RoomComposer } from '#client/messaging/RoomComposer.tsx'
import { useReaders } from '#client/messaging/use-readers.ts'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { useFirstUnread } from '#client/messaging/use-unread.ts'
import { useOutboxEntries } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { TalkColumn } from '#client/ui/frame/TalkColumn.tsx'
import { lineRead } from '#client/ui/frame/use-reading-place.ts'
import { Ribbon } from '#client/ui/talk/Ribbon.tsx'
import { RoomSwitch } from '#client/ui/talk/RoomSwitch.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId } from '#shared/kernel/ids.ts'
import type { AskedCaucus } from './CaucusDialogs.tsx'
import { GroupStanding } from './Groups.tsx'
import { useLateReaders } from './late-readers.tsx'
import { Older } from './Older.tsx'
import { titleOf } from './room-title.ts'
import { Attach, SpokenFiles, useFileLines, useUnsentFiles } from './TalkFiles.tsx'
import { useTextEvents } from './TextTold.tsx'
import { Tone } from './Tone.tsx'
import { useCalled } from './use-called.ts'
import { useCrossing } from './use-crossing.tsx'
import type { Rooms } from './use-rooms.ts'

interface TalkAreaProps {
  readonly rooms: Rooms
  readonly room: RoomView
  readonly onAsk: (asked: AskedCaucus) => void
}

export function TalkArea({ rooms: { rooms, enter, unreadOf }, room, onAsk }: TalkAreaProps) {
  const t = useTexts()
  const { me } = useCase()
  const called = useShortNames()
  const readers = useReaders(room)
  const calling = useCalled()
  const unread = useFirstUnread(room.audience)
  const read = useMemo(() => lineRead(room.audience), [room.audience])
  const crossing = useCrossing(room.audience)
  const told = useRoomEvents(room)
  const happened = useTextEvents(
    room,
    useMemo(() => [...told, ...crossing.lines], [told, crossing.lines]),
  )
  const roomEvents = useLateReaders(room.audience, useFileLines(room, happened, crossing.fileItems))
  const unsentFiles = useUnsentFiles(room)
  useEntered(room.audience, t('rooms.entered', { room: titleOf(room, me, t), readers: `${readers.ribbon} ${readers.ribbonMore}` }))
  const { words } = useTalk()
  const alone = rooms.length < 2
  // two rooms always in the same place; a line from the waiting room, or a room that has ended, only while there is something to read in it, or begun
  const isQuiet = ({ kind, over }: RoomView) => kind === 'direct' || over
  const entries = useOutboxEntries()
  const hasUse = ({ audience }: RoomView) =>
    unreadOf(audience) > 0 || words[audience] || entries.some((entry) => entry.audience === audience)
  const shown = rooms.filter((each) => !isQuiet(each) || each === room || hasUse(each))
  const { side } = room
  return (
    <TalkColumn
      room={room.audience}
      begin={{ unread, read }}
      top={
        alone ? undefined : (
          <RoomSwitch
            label={t('rooms.switch')}
            current={room.audience}
            onChange={(id) => enter(asId<never>(id) as Audience)} // the ids below are audiences
            rooms={shown.map((each) => {
              const name = titleOf(each, me, t)
              const label = titleOf(each, me, t, called)
              return {
                id: each.audience,
                label,
                ...(label === name ? {} : { name }),
                who: each.who,
                unread: unreadOf(each.audience),
                calling: calling(each),
              }
            })}
          />
        )
      }
      ribbon={
        <>
          <Ribbon who={room.who} more={readers.ribbonMore} title={readers.names}>
            {readers.ribbon}
          </Ribbon>
          <GroupStanding room={room} onBack={() => enter('all')} />
          {room.kind === 'side' && side && (
            <CaucusBar
              sideId={side.id}
              onInvite={() => onAsk({ kind: 'invite', side: side.id })}
              onStepOver={() => onAsk({ kind: 'step-over', side: side.id })}
            />
          )}
          {crossing.bar}
        </>
      }
      composer={
        <>
          <Tone key={room.audience} room={room} />
          <RoomComposer
            room={room}
            alone={alone}
            before={
              <>
                {crossing.before}
                <Attach key={room.audience} room={room} />
              </>
            }
          />
        </>
      }
    >
      <MessageActsContext value={crossing.acts}>
        <Conversation
          room={room}
          from={firstOf(unread, read?.seq)}
          roomEvents={roomEvents}
          older={<Older audience={room.audience} />}
          unsent={unsentFiles}
        />
      </MessageActsContext>
      <SpokenFiles key={room.audience} audience={room.audience} />
      {crossing.dialog}
    </TalkColumn>
  )
}

function firstOf(...numbers: readonly (number | undefined)[]): number | undefined {
  const known = numbers.filter((each) => each !== undefined)
  return known.length > 0 ? Math.min(...known) : undefined
}

/** Says where one is now and who reads, after each switch; not when the page is opened. */
function useEntered(audience: Audience, words: string) {
  const announce = useAnnounce()
  const before = useRef(audience)
  useEffect(() => {
    if (before.current === audience) return
    before.current = audience
    announce(words)
  }, [audience, words, announce])
}
