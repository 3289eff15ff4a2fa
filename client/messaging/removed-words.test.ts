import { describe, expect, it } from 'vitest'
import { createFormats } from '#client/i18n/formats.ts'
import { testTranslate } from '#client/i18n/testing.tsx'
import { caseFold } from '#shared/cases/case-state.ts'
import { asId, type ParticipantId } from '#shared/kernel/ids.ts'
import { removedWords } from './removed-words.ts'

const aigul = asId<ParticipantId>('aigul')
const erlan = asId<ParticipantId>('erlan')
const AT = Date.UTC(2026, 10, 22, 9, 3, 5)
const facts = { people: [{ id: aigul, name: 'Айгүл Серік' }], mediator: { id: erlan, name: 'Ерлан Омаров' } }
const state = { ...caseFold.initial, facts: facts as never } // the names alone are looked at

describe('in the place of a removed message', () => {
  it.each([
    ['en', 'Message removed. Written by: Айгүл Серік. Removed by: you', 'Message removed. Written and removed by: Айгүл Серік'],
    ['ru', 'Сообщение удалено. Кто написал: Айгүл Серік. Кто удалил: вы', 'Сообщение удалено. Кто написал и удалил: Айгүл Серік'],
    ['kk', 'Хабар өшірілді. Жазған: Айгүл Серік. Өшірген: сіз', 'Хабар өшірілді. Жазған және өшірген: Айгүл Серік'],
  ] as const)('[MSG-9] stands whose it was, who removed it and when (%s)', (locale, byMe, own) => {
    const t = testTranslate(locale)
    const reader = { t, f: createFormats({ locale, t }), state, me: erlan }
    const mine = removedWords({ by: aigul }, { by: erlan, at: AT }, reader)
    expect(mine).toContain(byMe)
    expect(mine).toMatch(/2026.*14:03:05/)
    expect(removedWords({ by: aigul }, { by: aigul, at: AT }, reader)).toContain(own)
  })
})
