import { describe, expect, it } from 'vitest'
import { PRINTABLE } from '#shared/kernel/text/printable.ts'
import { printableRanges } from './letters.ts'

describe('the letters that an agreement prints', () => {
  it('[CHR-3] the committed table is what the font files say: run `npx tsx scripts/letters.ts` after a change of fonts', () => {
    expect(printableRanges()).toEqual(PRINTABLE)
  })
})
