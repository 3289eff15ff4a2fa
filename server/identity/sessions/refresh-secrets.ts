// Each secret follows from its session's id and a number under a key of the installation: none rests anywhere.
import { timingSafeEqual } from 'node:crypto'
import { macWith } from '#server/kernel/digest.ts'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import { keyFor } from '../random.ts'

interface RefreshSecrets {
  secretOf(id: string, generation: number): string
  /** Undefined for anything that was never one of ours. */
  readSecret(secret: string | undefined): { readonly id: string; readonly generation: number } | undefined
}

export function refreshSecrets(tokenKey: Uint8Array): RefreshSecrets {
  const macOf = macWith(keyFor(tokenKey, 'refresh'))
  const secretOf = (id: string, generation: number) => `${id}.${generation}.${base64url(macOf(`${id}.${generation}`))}`
  return {
    secretOf,
    readSecret(secret) {
      const match = /^([A-Za-z0-9_-]{22})\.(\d{1,9})\.[A-Za-z0-9_-]{43}$/.exec(secret ?? '')
      if (!match?.[1] || !match[2] || !secret) return undefined
      const generation = Number(match[2])
      const right = utf8(secretOf(match[1], generation))
      const given = utf8(secret)
      return right.length === given.length && timingSafeEqual(right, given) ? { id: match[1], generation } : undefined
    },
  }
}
