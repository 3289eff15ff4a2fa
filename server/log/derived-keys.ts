// One key is stored for each audience; what it is used for has keys of its own, derived from it (HKDF, RFC 5869), so that a ciphertext and
// a MAC never share a key. Which derivation an event was made by follows from its epoch: old bodies open as they were made, and in no other way.
import { deriveKey, type Mac, macWith } from '#server/kernel/digest.ts'
import { ownBytes } from '#server/kernel/own-bytes.ts'
import type { FileKeys } from '#server/storage/file-cipher.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { decryptBytes, encryptBytes } from './body-cipher.ts'

/** 0: the stored key itself, for everything, as releases before 2.2 did. 1: HKDF-SHA-256, a label for each use. */
type Derivation = 0 | 1
export const CURRENT_DERIVATION: Derivation = 1

/** From this epoch on, until the next entry. */
export interface EpochDerivation {
  readonly from: number
  readonly derivation: Derivation
}

interface EpochKeys {
  readonly derivation: Derivation
  readonly encryption: Uint8Array
  readonly mac: Mac
}

/** An audience's key as it is used; the stored one stays inside. */
export interface AudienceKey {
  /** For events and commands of an epoch. */
  inEpoch(epoch: number): EpochKeys
  /** For what has no epoch (drafts): always by today's derivation, whose number stands in front and is authenticated. */
  encrypt(context: Uint8Array, plain: Uint8Array, entropy: Entropy): Uint8Array
  /** By whatever derivation it was encrypted. Throws when context or bytes are others. */
  decrypt(context: Uint8Array, bytes: Uint8Array): Uint8Array
  /** For a file in pieces; `context` says which. */
  file(context: string): FileKeys
}

export type DerivationOf = (epoch: number) => Derivation

/** The form in front of a ciphertext (body-cipher.ts) says the derivation of what has no epoch. */
const FORM_STORED = 1
const FORM_DERIVED = 2

export function derivationsBy(table: readonly EpochDerivation[]): DerivationOf {
  const newestFirst = [...table].sort((a, b) => b.from - a.from)
  return (epoch) => newestFirst.find(({ from }) => from <= epoch)?.derivation ?? 0
}

/** Thousands lie in memory, and most are used for one thing or none: each is derived when it is first needed. */
export function audienceKey(key: Uint8Array, derivationOf: DerivationOf): AudienceKey {
  const stored = ownBytes(key)
  let old: EpochKeys | undefined
  let derived: EpochKeys | undefined

  function oldKeys(): EpochKeys {
    old ??= { derivation: 0, encryption: stored, mac: macWith(stored) }
    return old
  }

  function derivedKeys(): EpochKeys {
    derived ??= { derivation: 1, encryption: derive(stored, 'encrypt'), mac: macWith(derive(stored, 'mac')) }
    return derived
  }

  return {
    inEpoch: (epoch) => (derivationOf(epoch) === 0 ? oldKeys() : derivedKeys()),
    encrypt: (context, plain, entropy) => encryptBytes(derivedKeys().encryption, plain, context, entropy, FORM_DERIVED),
    decrypt: (context, bytes) =>
      bytes[0] === FORM_DERIVED
        ? decryptBytes(derivedKeys().encryption, bytes, context, FORM_DERIVED)
        : decryptBytes(stored, bytes, context, FORM_STORED),
    file: (context) => fileKeys(derive(stored, 'file'), context),
  }
}

/** Keys of its own for each file, and one for encrypting for each time that it is written. */
export function fileKeys(key: Uint8Array, context: string): FileKeys {
  return {
    encryption: (salt) => deriveKey(key, `piece|${base64url(salt)}|${context}`),
    mac: macWith(deriveKey(key, `mac|${context}`)),
  }
}

function derive(stored: Uint8Array, use: string): Uint8Array {
  return deriveKey(stored, `bitim audience key 1 ${use}`)
}
