// The rooms of the person, which of them is shown, and what is new in the others. Coming into a room is one act, whatever led there.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useTalk } from '#client/messaging/use-talk.tsx'
import { useReadMarks, useUnread } from '#client/messaging/use-unread.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseSnapshot } from '#client/realtime/use-case.tsx'
import { type RoomView, roomsOf } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { CaseState } from '#shared/cases/case-state.ts'
import { crossingFold, questionsTo } from '#shared/crossing/crossing-state.ts'
import { filesFold } from '#shared/files/files-state.ts'
import { type Audience, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { titleOf } from './room-title.ts'
import { useCalled } from './use-called.ts'

export interface Rooms {
  readonly rooms: readonly RoomView[]
  readonly current: RoomView | undefined
  enter(audience: Audience): void
  unreadOf(audience: Audience): number
  /** What was said and not seen yet, and the sides that ask for their mediator. */
  readonly news: number
  /** Oneself has said something since the page was opened. */
  readonly spoke: boolean
}

/** The room that was gone into, and how another one is. */
interface Entered {
  readonly room?: Audience
  enter(audience: Audience): void
}

/** Of whoever has one room. */
const THE_FIRST: Entered = { enter: () => undefined }

const older = (snapshot: CaseSnapshot) => snapshot.earlier

/** `watching`: the current room's words are before the person's eyes. */
export function useRooms(watching: boolean, { room: chosen, enter }: Entered = THE_FIRST): Rooms {
  const t = useTexts()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const view = useView()
  const messagesIn = useCallback((audience: Audience) => (view.state(messagingFold, audience) ?? messagingFold.initial).messages, [view])
  const earlier = useCaseSnapshot(older)
  const hasBegun = (useTalk().words[directAudience(me.id)] ?? '') !== ''
  const rooms = useMemo(
    () =>
      roomsOf(
        view,
        state,
        me.id,
        (audience) =>
          messagesIn(audience).size > 0 ||
          (view.state(filesFold, audience)?.posts.size ?? 0) > 0 ||
          earlier.has(audience) ||
          (hasBegun && audience === directAudience(me.id)),
      ),
    [view, state, me.id, messagesIn, earlier, hasBegun],
  )
  // a direct line that nobody has used yet becomes a room by being entered
  const current =
    rooms.find(({ audience }) => audience === chosen) ?? (chosen ? directRoom(chosen, { view, state, me: me.id }) : undefined) ?? rooms[0]

  const marks = useReadMarks()
  useEffect(() => {
    // a page that is hidden may never be shown again
    const hidden = () => document.visibilityState === 'hidden' && marks.flush()
    document.addEventListener('visibilitychange', hidden)
    return () => document.removeEventListener('visibilitychange', hidden)
  }, [marks])
  const unread = useUnread()
  const unreadOf = useCallback(
    (audience: Audience) => unread(audience).length + questionsTo(me.id, view.state(crossingFold, audience)),
    [unread, view, me.id],
  )

  useNews(rooms, watching ? current : undefined, unreadOf, (room, count) => {
    announce(t('rooms.news', { count, room: titleOf(room, me, t) }))
  })
  const calling = useCalled()
  const news = rooms.reduce((sum, room) => sum + unreadOf(room.audience) + (calling(room) ? 1 : 0), 0)
  const lastOwn = useMemo(
    () => Math.max(0, ...rooms.map(({ audience }) => valuesOf(messagesIn(audience)).findLast(({ by }) => by === me.id)?.at ?? 0)),
    [rooms, messagesIn, me.id],
  )
  const [spokeBefore] = useState(lastOwn)
  return {
    rooms: current && !rooms.includes(current) ? [...rooms, current] : rooms,
    current,
    enter,
    unreadOf,
    news,
    spoke: lastOwn > spokeBefore,
  }
}

function directRoom(audience: Audience, { view, state, me }: { view: View; state: CaseState; me: ParticipantId }): RoomView | undefined {
  return roomsOf(view, state, me, (each) => each === audience).find((room) => room.audience === audience)
}

/** Says that something is new in a room that is not shown; never what. */
function useNews(
  rooms: readonly RoomView[],
  shown: RoomView | undefined,
  unreadOf: (audience: Audience) => number,
  say: (room: RoomView, count: number) => void,
) {
  const said = useRef(new Map<Audience, number>())
  useEffect(() => {
    for (const room of rooms) {
      const count = unreadOf(room.audience)
      if (count > (said.current.get(room.audience) ?? 0) && room.audience !== shown?.audience) say(room, count)
      said.current.set(room.audience, count)
    }
  })
}
