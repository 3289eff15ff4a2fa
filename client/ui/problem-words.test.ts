import { describe, expect, it } from 'vitest'
import { testTranslate } from '#client/i18n/testing.tsx'
import { ERROR_KINDS } from '#shared/kernel/errors.ts'
import { LOCALES } from '#shared/kernel/locale.ts'
import { problemWords, registerReasons } from './problem-words.ts'

describe('words for a refusal', () => {
  it('[UI-25] every kind has words in three languages', () => {
    for (const locale of LOCALES) {
      const t = testTranslate(locale)
      const words = [...ERROR_KINDS, 'offline' as const].map((kind) => problemWords({ kind }, t))
      expect(new Set(words).size).toBe(words.length)
    }
  })

  it('[UI-25] a registered reason speaks with its details, an unknown one falls back to its kind', () => {
    const t = testTranslate('en')
    registerReasons({ 'test/steps': 'ui.step' })
    expect(problemWords({ kind: 'conflict', reason: 'test/steps', details: { step: 2, of: 3 } }, t)).toBe('Step 2 of 3')
    expect(problemWords({ kind: 'conflict', reason: 'test/unknown' }, t)).toBe(t('ui.problem.conflict'))
  })
})
