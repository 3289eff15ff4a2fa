// One key per audience, wrapped by the master key, in a store of its own: destroying it forgets that audience for good.
import { RecentlyUsed } from '#server/kernel/recently-used.ts'
import type { KeyStore, LogStore } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { decryptBytes, encryptBytes } from './body-cipher.ts'
import { type AudienceKey, audienceKey, CURRENT_DERIVATION, type DerivationOf } from './derived-keys.ts'

const MAX_CACHED = 20_000

export interface AudienceKeys {
  /** The key if it is at hand; decisions that need one not at hand wait for `load` and are made again. */
  cached(caseId: CaseId, audience: Audience): AudienceKey | undefined
  /** The audience's key, made for an audience that has said nothing yet; throws AppError `conflict` once it was destroyed. */
  load(caseId: CaseId, audience: Audience): Promise<AudienceKey>
  /** The key if it exists; undefined once it was destroyed. */
  find(caseId: CaseId, audience: Audience): Promise<AudienceKey | undefined>
}

interface KeysDeps {
  readonly keys: KeyStore
  readonly masterKey: Uint8Array
  readonly entropy: Entropy
  /** Where an audience has events already, a missing key was destroyed or lost: under a new one nothing of its past could be told from damage. */
  readonly log?: Pick<LogStore, 'readAudience'>
  /** How the keys of an epoch are derived; by default as today in all of them. */
  readonly derivationOf?: DerivationOf
}

export function makeAudienceKeys({ keys, masterKey, entropy, log, derivationOf = () => CURRENT_DERIVATION }: KeysDeps): AudienceKeys {
  const cache = new RecentlyUsed<string, AudienceKey>(MAX_CACHED)
  const nameOf = (caseId: CaseId, audience: Audience) => `${caseId}/${audience}`

  function remember(name: string, wrapped: Uint8Array): AudienceKey {
    const key = audienceKey(decryptBytes(masterKey, wrapped, utf8(name)), derivationOf)
    cache.set(name, key)
    return key
  }

  return {
    cached: (caseId, audience) => cache.get(nameOf(caseId, audience)),
    async load(caseId, audience) {
      const name = nameOf(caseId, audience)
      const known = cache.get(name)
      if (known) return known
      const stored = await keys.get(name)
      if (stored) return remember(name, stored)
      if ((await log?.readAudience(caseId, audience, 0, 1))?.length) {
        const made = await keys.get(name) // by another server, just now, together with the past
        if (made) return remember(name, made)
        throw new AppError({ kind: 'conflict', reason: 'log/forgotten' })
      }
      const fresh = encryptBytes(masterKey, entropy.bytes(32, 'key'), utf8(name), entropy)
      return remember(name, await keys.putIfAbsent(name, fresh))
    },
    async find(caseId, audience) {
      const name = nameOf(caseId, audience)
      const known = cache.get(name)
      if (known) return known
      const stored = await keys.get(name)
      return stored && remember(name, stored)
    },
  }
}
