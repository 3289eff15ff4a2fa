// The rooms of the person, which of them is shown, and what is new in the others. Coming into a room is one act, whatever led there.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import type { CaseStorage } from '#client/realtime/case-storage.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseClient, useCaseSnapshot } from '#client/realtime/use-case.tsx'
import { type RoomView, roomsOf } from '#client/rooms/rooms-of.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { lastValue, valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { titleOf } from './room-title.ts'

export interface Rooms {
  readonly rooms: readonly RoomView[]
  readonly current: RoomView | undefined
  enter(audience: Audience): void
  unreadOf(audience: Audience): number
}

const heads = (snapshot: CaseSnapshot) => snapshot.audiences
const older = (snapshot: CaseSnapshot) => snapshot.earlier

/** `watching`: the current room's words are before the person's eyes. */
export function useRooms(watching: boolean): Rooms {
  const t = useTexts()
  const client = useCaseClient()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const view = useView()
  const audiences = useCaseSnapshot(heads)
  const messagesIn = useCallback((audience: Audience) => (view.state(messagingFold, audience) ?? messagingFold.initial).messages, [view])
  const earlier = useCaseSnapshot(older)
  const rooms = useMemo(
    () => roomsOf(view, state, me.id, (audience) => messagesIn(audience).size > 0 || earlier.has(audience)),
    [view, state, me.id, messagesIn, earlier],
  )
  const [chosen, choose] = useState<Audience | undefined>()
  // a direct line that nobody has used yet becomes a room by being entered
  const current =
    rooms.find(({ audience }) => audience === chosen) ?? (chosen ? directRoom(chosen, view, state, me.id) : undefined) ?? rooms[0]

  // what was before the person's eyes on this device; at the first visit, what was there when the page was opened counts as read
  const read = useRef<Map<Audience, number> | undefined>(undefined)
  read.current ??= readBefore(client.storage) ?? new Map([...audiences].map(([audience, { seq }]) => [audience, seq] as const))
  useEffect(() => {
    if (read.current) client.storage?.rememberRead(Object.fromEntries(read.current))
  }, [client])
  const [, redraw] = useState(0)
  const lastHere = current && lastValue(messagesIn(current.audience))?.seq
  useEffect(() => {
    const note = () => {
      if (!watching || !current || document.visibilityState !== 'visible' || !read.current) return
      if ((read.current.get(current.audience) ?? 0) >= (lastHere ?? 0)) return
      read.current.set(current.audience, lastHere ?? 0)
      client.storage?.rememberRead(Object.fromEntries(read.current))
      redraw((count) => count + 1)
    }
    note()
    document.addEventListener('visibilitychange', note)
    return () => document.removeEventListener('visibilitychange', note)
  }, [client, watching, current, lastHere])

  const unreadOf = useCallback(
    (audience: Audience) =>
      valuesOf(messagesIn(audience), read.current?.get(audience) ?? 0).filter(({ by, text }) => by !== me.id && text !== undefined).length,
    [messagesIn, me.id],
  )
  const enter = useCallback((audience: Audience) => choose(audience), [])

  useNews(rooms, watching ? current : undefined, unreadOf, (room, count) => {
    announce(t('rooms.news', { count, room: titleOf(room, me, t) }))
  })
  return { rooms: current && !rooms.includes(current) ? [...rooms, current] : rooms, current, enter, unreadOf }
}

/** A device that was here before marks were kept counts as read what it had received. */
function readBefore(storage: CaseStorage | undefined): Map<Audience, number> | undefined {
  const marks = storage?.read()
  if (storage && marks) return new Map(Object.entries(marks) as [Audience, number][])
  const heads = storage?.heads() ?? []
  return heads.length > 0 ? new Map(heads.map(({ audience, seq }) => [audience, seq])) : undefined
}

function directRoom(
  audience: Audience,
  ...[view, state, me]: [Parameters<typeof roomsOf>[0], Parameters<typeof roomsOf>[1], Parameters<typeof roomsOf>[2]]
) {
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
