import { describe, expect, it } from 'vitest'
import { roomIn } from '#client/app/testing/shown-case.tsx'
import { AIGUL, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { createFormats } from '#client/i18n/formats.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { actorIn, caseFold } from '#shared/cases/case-state.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { stateIn } from '#shared/log/fold.ts'
import { roomLeft } from '#shared/rooms/room-protocol.ts'
import { hearingWords } from './hearing-words.ts'

describe('who hears', () => {
  it.each(LOCALES)('[CAL-76] is computed from who is in the room, and another fact gives other words: %s', (locale) => {
    const t = testTranslate(locale)
    const world = smallCase()
    const words = (id: ParticipantId, audience: Audience) => {
      const state = stateIn(world.seenBy(id).audiences, caseFold, 'case')
      const me = state && actorIn(state, TEST_CASE, id)
      if (!me) throw new Error('nobody')
      return hearingWords(roomIn(world, id, audience), me, { t, f: createFormats({ locale, t }), called: (name) => name })
    }
    expect(words(MED, sideAudience(DALA))).toBe(t('calls.hears.nobody', { room: 'ТОО «Дала Жем»' }))
    for (const person of [AIGUL, PAVEL]) world.enter(person).confirm(person).join(person, 'all')
    world.join(PAVEL, sideAudience(DALA))
    expect(words(PAVEL, 'all')).toBe(t('calls.hears.all'))
    expect(words(PAVEL, sideAudience(DALA))).toBe(t('calls.hears.side'))
    expect(words(MED, sideAudience(DALA))).toBe(t('calls.hears.these', { names: 'Павел Ким' }))
    world.enter(MARIA).join(MARIA, sideAudience(DALA))
    expect(words(PAVEL, sideAudience(DALA))).toBe(t('calls.hears.side-with', { names: 'Мария Жук' }))
    world.happen(roomLeft, sideAudience(DALA), { participantId: MED })
    expect(words(PAVEL, sideAudience(DALA))).toBe(t('calls.hears.these', { names: 'Мария Жук' }))
  })
})
