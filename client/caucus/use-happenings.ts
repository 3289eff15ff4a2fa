import { useMemo } from 'react'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import type { Happening } from '#client/messaging/timeline.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { type CaseState, mediatorsOf, nameIn } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { happeningsFold, type RoomHappening } from './happenings.ts'

const NONE: readonly RoomHappening[] = []

/** What happened in a room, in words; the joint room also shows the sessions, which the case tells. */
export function useHappenings(room: RoomView): readonly Happening[] {
  const t = useTexts()
  const { state, me } = useCase()
  const here = useSlice(happeningsFold, room.audience)?.happenings ?? NONE
  const inCase = useSlice(happeningsFold, 'case')?.happenings ?? NONE
  return useMemo(() => {
    const words = (happening: RoomHappening) => happeningWords(happening, { t, state, me })
    const own = here.flatMap((each) => {
      const said = words(each)
      return said === undefined ? [] : [{ key: `h${each.m}`, m: each.m, at: each.at, words: said }]
    })
    if (room.kind !== 'joint') return own
    const sessions = inCase.flatMap((each) => {
      const said = each.kind === 'session-started' || each.kind === 'session-ended' ? words(each) : undefined
      return said === undefined ? [] : [{ key: `c${each.m}`, m: undefined, at: each.at, words: said }]
    })
    return [...own, ...sessions]
  }, [here, inCase, room.kind, t, state, me])
}

function happeningWords(happening: RoomHappening, { t, state, me }: { t: Translate; state: CaseState; me: Person }): string | undefined {
  const name = happening.by === 'system' ? '' : (nameIn(state, happening.by) ?? '')
  const byMe = happening.by === me.id
  switch (happening.kind) {
    case 'came':
      // the mediator is in every room from its first event on: that is no news
      if (mediatorsOf(state).some(({ id }) => id === happening.person)) return undefined
      return happening.person === me.id
        ? t('caucus.happened.you-came')
        : t('caucus.happened.came', { name: nameIn(state, happening.person) ?? '' })
    case 'went':
      return t('caucus.happened.went', { name: nameIn(state, happening.person) ?? '' })
    case 'session-started':
      return t('caucus.happened.session-started')
    case 'session-ended':
      return t('caucus.happened.session-ended')
    case 'invited':
      return byMe ? t('caucus.happened.you-invited') : t('caucus.happened.invited')
    case 'ended':
      return t('caucus.happened.ended')
    case 'called':
      return byMe ? t('caucus.happened.you-called') : t('caucus.happened.called', { name })
    case 'entered': {
      if (byMe) return t('caucus.happened.you-entered')
      if (happening.company === 'alone') return t('caucus.happened.entered-alone', { name })
      return happening.companions === undefined
        ? t('caucus.happened.entered-accompanied', { name })
        : t('caucus.happened.entered-with', { name, companions: happening.companions })
    }
  }
}
