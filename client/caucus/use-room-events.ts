import { useMemo } from 'react'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import type { TimelineEvent } from '#client/messaging/timeline.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { personView } from '#client/rooms/people.ts'
import { roleBadge } from '#client/rooms/role-words.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { type CaseState, mediatorsOf, nameIn } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { type RoomEvent, roomEventsFold } from './room-events.ts'

const OF_THE_CASE: ReadonlySet<RoomEvent['kind']> = new Set(['session-started', 'session-ended', 'suspended', 'resumed'])

/** What happened in a room, in words; the joint room also shows the sessions, which the case tells. */
export function useRoomEvents(room: RoomView): readonly TimelineEvent[] {
  const t = useTexts()
  const { state, me } = useCase()
  const here = useSlice(roomEventsFold, room.audience) ?? roomEventsFold.initial
  const inCase = useSlice(roomEventsFold, 'case') ?? roomEventsFold.initial
  return useMemo(() => {
    const words = (roomEvent: RoomEvent) => roomEventWords(roomEvent, { t, state, me, group: room.kind === 'group' })
    const own = valuesOf(here).flatMap((each) => {
      const said = words(each)
      return said === undefined ? [] : [{ key: `h${each.seq}`, seq: each.seq, at: each.at, words: said }]
    })
    if (room.kind !== 'joint') return own
    const sessions = valuesOf(inCase).flatMap((each) => {
      const said = OF_THE_CASE.has(each.kind) ? words(each) : undefined
      return said === undefined ? [] : [{ key: `c${each.seq}`, seq: undefined, at: each.at, words: said }]
    })
    return [...own, ...sessions]
  }, [here, inCase, room.kind, t, state, me])
}

/** Whoever is neither of those that everybody expects here is told with what they are. */
function nameWithRole(state: CaseState, id: ParticipantId, t: Translate): string {
  const person = personView(state, id)
  const role = person && roleBadge(person, t)
  return role === undefined ? (person?.name ?? '') : t('caucus.event.with-role', { name: person?.name ?? '', role })
}

function roomEventWords(
  roomEvent: RoomEvent,
  { t, state, me, group }: { t: Translate; state: CaseState; me: Person; group: boolean },
): string | undefined {
  const name = roomEvent.by === 'system' ? '' : (nameIn(state, roomEvent.by) ?? '')
  const byMe = roomEvent.by === me.id
  switch (roomEvent.kind) {
    case 'came':
      // the mediator is in every room from its first event on: that is no news
      if (mediatorsOf(state).some(({ id }) => id === roomEvent.person)) return undefined
      if (roomEvent.person !== me.id)
        return t(`caucus.event.${group ? 'asked' : 'came'}`, { name: nameWithRole(state, roomEvent.person, t) })
      return t(group ? 'caucus.event.you-asked' : 'caucus.event.you-came')
    case 'went':
      return t('caucus.event.went', { name: nameIn(state, roomEvent.person) ?? '' })
    case 'locked':
    case 'unlocked':
      return t(`caucus.event.${roomEvent.kind}`, { what: roomEvent.what })
    case 'stepped-over':
      return byMe ? t('caucus.event.you-stepped-over') : t('caucus.event.stepped-over', { name })
    case 'group-ended':
    case 'suspended':
    case 'resumed':
    case 'line-interrupted':
    case 'line-restored':
      return t(`caucus.event.${roomEvent.kind}`)
    case 'session-started':
      return t('caucus.event.session-started')
    case 'session-ended':
      return t('caucus.event.session-ended')
    case 'invited':
      return byMe ? t('caucus.event.you-invited') : t('caucus.event.invited')
    case 'ended':
      return t('caucus.event.ended')
    case 'called':
      return byMe ? t('caucus.event.you-called') : t('caucus.event.called', { name })
    case 'entered': {
      if (byMe) return t('caucus.event.you-entered')
      if (roomEvent.company === 'alone') return t('caucus.event.entered-alone', { name })
      return roomEvent.companions === undefined
        ? t('caucus.event.entered-accompanied', { name })
        : t('caucus.event.entered-with', { name, companions: roomEvent.companions })
    }
  }
}
