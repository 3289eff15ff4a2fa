import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { decryptByNonce, decryptWith, encryptByNonce, encryptWith, NONCE_BYTES, TAG_BYTES } from './cipher.ts'

const key = new Uint8Array(32).fill(7)
const nonce = new Uint8Array(NONCE_BYTES).fill(9)
const context = utf8('case|all|1')
const encrypted = encryptWith(key, utf8('ең төменгі баға'), { nonce, context })

describe('what is encrypted', () => {
  it('[STO-192] opens under its key, in its context, and is what the standard says', () => {
    expect(fromUtf8(decryptWith(key, encrypted, context))).toBe('ең төменгі баға')
    const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(context)
    const expected = [nonce, cipher.update(utf8('ең төменгі баға')), cipher.final(), cipher.getAuthTag()]
    expect(encrypted).toEqual(Buffer.concat(expected))
    const head = utf8('form')
    expect(encryptWith(key, utf8('ең төменгі баға'), { nonce, context, head })).toEqual(Buffer.concat([head, ...expected]))
  })

  it('[STO-192] opens under no other key, in no other context, changed in no bit, and cut at no place: also not to a shorter tag', () => {
    expect(() => decryptWith(new Uint8Array(32), encrypted, context)).toThrow()
    expect(() => decryptWith(key, encrypted, utf8('case|all|2'))).toThrow()
    for (let at = 0; at < encrypted.length; at++) {
      const changed = Uint8Array.from(encrypted) // a slice of a Buffer is the same memory
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(() => decryptWith(key, changed, context)).toThrow()
      expect(() => decryptWith(key, encrypted.subarray(0, at), context)).toThrow()
    }
    // Nothing but a nonce and the beginning of the tag of nothing.
    const empty = encryptWith(key, new Uint8Array(0), { nonce, context })
    expect(decryptWith(key, empty, context)).toHaveLength(0)
    for (const bytes of [4, 8, 12, 15]) expect(() => decryptWith(key, empty.subarray(0, NONCE_BYTES + bytes), context)).toThrow()
  })

  it('[STO-192] without its nonce it is the same bytes, and opens under no other', () => {
    const bare = encryptByNonce(key, utf8('ең төменгі баға'), { nonce, context })
    expect(Buffer.compare(bare, encrypted.subarray(NONCE_BYTES))).toBe(0)
    expect(fromUtf8(decryptByNonce(key, bare, { nonce, context }))).toBe('ең төменгі баға')
    expect(() => decryptByNonce(key, bare, { nonce: new Uint8Array(NONCE_BYTES), context })).toThrow()
    expect(() => decryptByNonce(key, bare, { nonce, context: utf8('case|all|2') })).toThrow()
    for (let length = 0; length < TAG_BYTES; length++)
      expect(() => decryptByNonce(key, bare.subarray(0, length), { nonce, context })).toThrow()
  })
})
