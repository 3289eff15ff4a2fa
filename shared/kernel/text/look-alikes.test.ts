import { describe, expect, it } from 'vitest'
import { LOOK_ALIKES } from './letter-table.ts'
import { lookAlikesIn } from './look-alikes.ts'
import { PRINTABLE } from './printable.ts'
import { inRanges } from './ranges.ts'

/** The text as it would be with every offer taken. */
function mended(text: string): string {
  const letters = text.split('')
  for (const { index, instead } of lookAlikesIn(text)) letters[index] = instead
  return letters.join('')
}

describe('letters that only look Kazakh, in a draft', () => {
  it('[CHR-20] each is offered as the letter that was meant, in its own size', () => {
    expect(mended('маӊызды ѳз жəне ҊАЗАҊ ҋала тӳр ӲЛТ бiр IЛIМ Һəм hалық теҥге таŋ')).toBe(
      'маңызды өз және ҚАЗАҚ қала тұр ҰЛТ бір ІЛІМ Һәм һалық теңге таң',
    )
    for (const [code, { instead }] of LOOK_ALIKES) expect(mended(`а${String.fromCodePoint(code)}а`)).toBe(`а${instead}а`)
  })

  it('[CHR-20] a letter that is offered can be printed, and is offered no further', () => {
    for (const code of Array.from({ length: 0x600 }, (_, at) => at)) {
      const [offer] = lookAlikesIn(`қ${String.fromCodePoint(code)}`)
      if (!offer) continue
      expect(inRanges(PRINTABLE, offer.instead.codePointAt(0) ?? 0)).toBe(true)
      expect(lookAlikesIn(`қ${offer.instead}`)).toEqual([])
    }
  })

  it('[CHR-20] words of other alphabets, and parts of words in Latin letters, are left as they are', () => {
    for (const text of ['Əli Hüseyn', 'Wi-Fi', 'Bitimге', 'iPhoneдар', 'III тоқсан', 'ХХI ғасыр', 'Søren', 'Қазақстан Республикасы', ''])
      expect(lookAlikesIn(text), text).toEqual([])
  })
})
