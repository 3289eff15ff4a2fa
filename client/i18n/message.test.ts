// Every text of every language, with values that reach each of its forms, is said as the library says it that compiled it.
import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { describe, expect, it } from 'vitest'
import { LOCALES } from '#shared/kernel/locale.ts'
import { type CompiledMessage, messageWords, type Values } from './message.ts'

const FILES = {
  ...import.meta.glob<Record<string, string>>('/client/*/texts/*.json', { eager: true, import: 'default' }),
  ...import.meta.glob<Record<string, string>>('/shared/*/texts/*.json', { eager: true, import: 'default' }),
}

/** The names of the values in a message, and the forms that each may choose. */
function placesIn(message: CompiledMessage, found = new Map<string, Set<string | number>>()) {
  if (typeof message === 'string') return found
  for (const token of message) {
    if (typeof token === 'string') continue
    const [name, kind, forms = {}] = token
    const values = found.get(name) ?? new Set<string | number>(kind === 'plural' ? [0, 1, 2, 5, 11, 21, 1234] : kind ? [] : ['<words>'])
    found.set(name, values)
    for (const [form, inner] of Object.entries(forms)) {
      if (kind === 'select') values.add(form)
      if (inner !== undefined && typeof inner !== 'number') placesIn(inner, found)
    }
  }
  return found
}

/** Each value in turn takes each of its forms; the others are as they come first. */
function* valuesOf(message: CompiledMessage): Generator<Values> {
  const places = [...placesIn(message)].map(([name, values]) => [name, [...values]] as const)
  const first = Object.fromEntries(places.map(([name, [value = '']]) => [name, value]))
  yield first
  for (const [name, values] of places) for (const value of values) yield { ...first, [name]: value }
}

describe('a message in words', () => {
  it.each(LOCALES)('[UI-261] each text in %s, in each of its forms, as the library says it', (locale) => {
    let count = 0
    for (const [file, messages] of Object.entries(FILES)) {
      if (!file.endsWith(`/${locale}.json`)) continue
      for (const [id, text] of Object.entries(messages)) {
        const compiled = compileMessage(text)
        const library = setupI18n({ locale, messages: { [locale]: { [id]: compiled } } })
        for (const values of valuesOf(compiled as CompiledMessage)) {
          count++
          expect(messageWords(compiled as CompiledMessage, locale, values), id).toBe(library._(id, values))
        }
      }
    }
    expect(count).toBeGreaterThan(2_000)
  })

  it('[UI-261] a value that is missing leaves its place empty, and a number in a choice is that of the form around it', () => {
    const message: CompiledMessage = [
      ['count', 'plural', { one: ['#', ['who', 'select', { you: [' of yours (', '#', ')'], other: '' }]], other: 'many' }],
    ]
    expect(messageWords(message, 'en', { count: 1, who: 'you' })).toBe('1 of yours (1)')
    expect(messageWords(['(', ['name'], ')'], 'en')).toBe('()')
  })
})
