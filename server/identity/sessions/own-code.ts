// The code by which a person comes back on a device that several people use: chosen by them, for this device alone. As with one-time codes a
// MAC under a key that does not rest there, and tries counted in the record before anybody is answered.
import { timingSafeEqual } from 'node:crypto'
import { macWith } from '#server/kernel/digest.ts'
import { CODE_TRIES } from '#shared/identity/join-fields.ts'
import { base64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Entropy } from '#shared/kernel/clock.ts'
import { keyFor } from '../random.ts'

export interface OwnCode {
  readonly salt: string
  readonly mac: string
  /** Wrong ones since the last right one. */
  readonly tries: number
}

/** What became of a try; only `right` opens anything. */
export type OwnCodeAnswer = { readonly is: 'right' } | OwnCodeRefusal
export type OwnCodeRefusal = { readonly is: 'locked' } | { readonly is: 'wrong'; readonly left: number }

export interface OwnCodes {
  make(sessionId: string, code: string): OwnCode
  /** With the record as it stands after this try. */
  judge(sessionId: string, own: OwnCode, code: string): { readonly answer: OwnCodeAnswer; readonly next: OwnCode }
}

export function makeOwnCodes({ entropy, tokenKey }: { readonly entropy: Entropy; readonly tokenKey: Uint8Array }): OwnCodes {
  const macOf = macWith(keyFor(tokenKey, 'own code'))
  const markOf = (sessionId: string, salt: string, code: string) => base64url(macOf(`${sessionId}\n${salt}\n${code}`))
  return {
    make(sessionId, code) {
      const salt = base64url(entropy.bytes(16, 'own code salt'))
      return { salt, mac: markOf(sessionId, salt, code), tries: 0 }
    },
    judge(sessionId, own, code) {
      if (own.tries >= CODE_TRIES) return { answer: { is: 'locked' }, next: own }
      if (timingSafeEqual(utf8(markOf(sessionId, own.salt, code)), utf8(own.mac)))
        return { answer: { is: 'right' }, next: { ...own, tries: 0 } }
      const tries = own.tries + 1
      const left = CODE_TRIES - tries
      return { answer: left > 0 ? { is: 'wrong', left } : { is: 'locked' }, next: { ...own, tries } }
    },
  }
}
