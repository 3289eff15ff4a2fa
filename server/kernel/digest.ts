// SHA-256, HMAC-SHA-256 and HKDF on the server, each in as few calls into OpenSSL as there can be: for inputs as short as ours the calls
// cost more than the hashing. The bytes are the standard's; only the way to them is short.
import { hash, hkdfSync } from 'node:crypto'
import { base64url, utf8, writeUtf8 } from '#shared/kernel/bytes.ts'
import { ownBytes } from './own-bytes.ts'

type Data = Uint8Array | string

/** Texts are hashed as UTF-8. */
export function sha256(data: Data): Buffer {
  // By way of a text: a Buffer that comes from OpenSSL costs twice as much as one that is written here.
  return Buffer.from(hash('sha256', data, 'binary'), 'binary')
}

/** As base64url. */
export function sha256Text(data: Data): string {
  return hash('sha256', data, 'base64url')
}

/** 128 bits of it, as an id: what is done again elsewhere, or after a start, meets the same id. */
export function idFrom(cause: string): string {
  return base64url(sha256(cause).subarray(0, 16))
}

/** A key's HMAC-SHA-256 (RFC 2104). */
export type Mac = (data: Data) => Buffer

const BLOCK = 64

/** The key's two pads are made once; each MAC is then two hashes. */
export function macWith(key: Uint8Array): Mac {
  const short = key.length > BLOCK ? sha256(key) : key
  const [inner, outer] = [padOf(short, 0x36), padOf(short, 0x5c)]
  return (data) => {
    const inside = sha256(behind(inner, data))
    return sha256(behind(outer, inside))
  }
}

function padOf(key: Uint8Array, byte: number): Uint8Array {
  const pad = new Uint8Array(BLOCK).fill(byte)
  for (const [at, each] of key.entries()) pad[at] = each ^ byte
  return pad
}

/** Room to write in, the same each time; what is too long for it gets room of its own. */
const scratch = new Uint8Array(8 * 1024)

function behind(pad: Uint8Array, data: Data): Uint8Array {
  const most = BLOCK + (typeof data === 'string' ? data.length * 3 : data.length) // no UTF-16 unit needs more than three bytes
  const room = most > scratch.length ? new Uint8Array(most) : scratch
  room.set(pad)
  if (typeof data === 'string') return room.subarray(0, writeUtf8(room, BLOCK, data))
  room.set(data, BLOCK)
  return room.subarray(0, most)
}

/** A key of its own for each use, so that what was made for one is never accepted for another (HKDF, RFC 5869, without a salt). */
export function deriveKey(key: Uint8Array, use: string): Uint8Array {
  return ownBytes(new Uint8Array(hkdfSync('sha256', key, new Uint8Array(0), utf8(use), 32)))
}
