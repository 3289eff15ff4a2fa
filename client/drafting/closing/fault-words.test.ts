import { describe, expect, it } from 'vitest'
import { testTranslate } from '#client/i18n/testing.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import { faultWords } from './fault-words.ts'

describe('what stands in the way of closing, in words', () => {
  it.each(LOCALES)('[DRA-305] a sign that can be seen is shown as it stands in the text, another by its number: %s', (locale) => {
    const t = testTranslate(locale)
    const said = (found: string) => faultWords({ kind: 'character', found, clause: undefined }, t)
    for (const [code, sign] of [
      ['U+2611', '☑'],
      ['U+1F44D', '👍'],
      ['U+5317', '北'],
    ] as const) {
      expect(said(code)).toContain(sign)
      expect(said(code)).not.toContain('U+')
    }
    for (const code of ['U+202E', 'U+FE0F', 'U+20E3', 'U+0007', 'U+D800', 'U+E000', 'U+00A0']) expect(said(code)).toContain(code)
  })

  it.each(LOCALES)('[DRA-304] places that the list has no room for are counted: %s', (locale) => {
    expect(faultWords({ kind: 'more-places', found: '301' }, testTranslate(locale))).toContain('301')
  })
})
