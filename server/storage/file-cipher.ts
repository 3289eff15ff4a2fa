// How a file rests: STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), AES-256-GCM for each piece under a key of this one writing. Each
// piece is bound to its number, the last one also to being the last; the header binds length and digest of the whole. So nothing can be
// cut off, moved, doubled, or taken from another file, or from another writing of the same.
import { decryptByNonce, encryptByNonce, NONCE_BYTES, TAG_BYTES } from '#server/kernel/cipher.ts'
import type { Mac } from '#server/kernel/digest.ts'
import { concat, equalBytes, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import type { FileEnd } from './ports.ts'

/** Of clear bytes, in each piece but the last, which may have fewer. */
export const PIECE_BYTES = 64 * 1024

/** Keys of one file, derived from its audience's. */
export interface FileKeys {
  /** Another for each salt. */
  encryption(salt: Uint8Array): Uint8Array
  readonly mac: Mac
}

export interface FileFacts {
  readonly length: number
  /** SHA-256 of the clear bytes. */
  readonly digest: Uint8Array
}

export interface FileCipher {
  encrypt(at: number, clear: Uint8Array, isLast: boolean): Uint8Array
  /** Throws when this is not that piece. */
  decrypt(at: number, piece: Uint8Array, isLast: boolean): Uint8Array
  end(facts: FileFacts): FileEnd
}

const FORM = 1
const SALT = 16
const DIGEST = 32
const NUMBER = 8

type Place = 'within' | 'last' | 'header'
const FLAGS: Readonly<Record<Place, number>> = { within: 0, last: 1, header: 2 }

export function newFileCipher(keys: FileKeys, context: string, entropy: Entropy): FileCipher {
  return fileCipher(keys, context, entropy.bytes(SALT, 'salt of a file'))
}

/** Throws when the header or the mac was changed, or is of another file. */
export function openFileCipher(keys: FileKeys, context: string, { header, mac }: FileEnd): { cipher: FileCipher; facts: FileFacts } {
  if (header[0] !== FORM || header.length !== 1 + SALT + NUMBER + DIGEST + TAG_BYTES) throw new Error('a file of an unknown form')
  const cipher = fileCipher(keys, context, header.subarray(1, 1 + SALT))
  const clear = cipher.decryptHeader(header.subarray(1 + SALT))
  const facts = { length: Number(Buffer.from(clear).readBigUInt64BE(0)), digest: new Uint8Array(clear.subarray(NUMBER)) }
  if (!equalBytes(keys.mac(clear), mac)) throw new Error('the mac of a file was changed')
  return { cipher, facts }
}

export function piecesOf(length: number): number {
  return Math.max(1, Math.ceil(length / PIECE_BYTES))
}

function fileCipher(keys: FileKeys, context: string, salt: Uint8Array): FileCipher & { decryptHeader(bytes: Uint8Array): Uint8Array } {
  const key = keys.encryption(salt)
  const bound = utf8(context)

  const boundAt = (at: number, place: Place) => ({ nonce: nonceOf(at, place), context: bound })
  const encrypt = (at: number, clear: Uint8Array, place: Place) => encryptByNonce(key, clear, boundAt(at, place))
  const decrypt = (at: number, bytes: Uint8Array, place: Place) => decryptByNonce(key, bytes, boundAt(at, place))

  return {
    encrypt: (at, clear, isLast) => encrypt(at, clear, isLast ? 'last' : 'within'),
    decrypt: (at, piece, isLast) => decrypt(at, piece, isLast ? 'last' : 'within'),
    decryptHeader: (bytes) => decrypt(0, bytes, 'header'),
    end(facts) {
      const clear = bytesOf(facts)
      return { header: concat(Uint8Array.of(FORM), salt, encrypt(0, clear, 'header')), mac: new Uint8Array(keys.mac(clear)) }
    },
  }
}

/** The key is of one writing alone, so number and place make it unique. */
function nonceOf(at: number, place: Place): Uint8Array {
  const nonce = Buffer.alloc(NONCE_BYTES)
  nonce.writeUInt32BE(at, 7) // throws beyond 2^32 pieces
  nonce[11] = FLAGS[place]
  return nonce
}

function bytesOf({ length, digest }: FileFacts): Uint8Array {
  const number = Buffer.alloc(NUMBER)
  number.writeBigUInt64BE(BigInt(length))
  return concat(number, digest)
}
