import { createHash, createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hex, utf8 } from '#shared/kernel/bytes.ts'
import { Random } from '#shared/kernel/testing/random.ts'
import { deriveKey, idFrom, macWith, sha256, sha256Text } from './digest.ts'

const random = new Random(11)
const bytes = (length: number) => Uint8Array.from({ length }, () => random.below(256))
const LENGTHS = [0, 1, 31, 32, 55, 56, 63, 64, 65, 127, 128, 400, 8_127, 8_128, 8_129, 20_000]
const TEXTS = ['', 'a', 'Келісім', '𝛑 ≈ 3', 'x'.repeat(3_000), 'ғ'.repeat(3_000), '😀'.repeat(5_000)]

describe('digests', () => {
  it('[LOG-33] are the bytes that the standard way makes, for bytes and texts of any length', () => {
    for (const data of [...LENGTHS.map(bytes), ...TEXTS]) {
      const expected = createHash('sha256').update(data).digest()
      expect(sha256(data)).toEqual(expected)
      expect(sha256Text(data)).toBe(expected.toString('base64url'))
    }
    expect(idFrom('a cause')).toBe(createHash('sha256').update('a cause').digest().subarray(0, 16).toString('base64url'))
  })

  it('[LOG-33] MACs are, too, under keys of any length, whichever was used before', () => {
    const macs = [0, 16, 32, 64, 65, 200].map((length) => {
      const key = bytes(length)
      return { key, mac: macWith(key) }
    })
    for (const data of [...LENGTHS.map(bytes), ...TEXTS])
      for (const { key, mac } of macs) expect(mac(data)).toEqual(createHmac('sha256', key).update(data).digest())
  })

  it('[LOG-33] a MAC that was answered stays as it was', () => {
    const mac = macWith(bytes(32))
    const [first, kept] = [mac('one'), hex(mac('one'))]
    mac('two')
    expect(hex(first)).toBe(kept)
  })

  it('[LOG-33] the vectors of RFC 4231 and RFC 5869', () => {
    expect(hex(macWith(utf8('Jefe'))('what do ya want for nothing?'))).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
    expect(hex(deriveKey(new Uint8Array(22).fill(0x0b), ''))).toBe('8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d')
  })
})
