// Access tokens: short-lived JWTs. Algorithm, issuer and audience are pinned, and each audience has a key of its own, so that a party's token can never pass for staff's.
import { createSecretKey } from 'node:crypto'
import jwt from 'jsonwebtoken'
import * as z from 'zod/mini'
import type { StaffCaller } from '#server/http/caller.ts'
import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import { idField } from '#shared/protocol/fields.ts'
import { keyFor } from '../random.ts'

export const TOKEN_SECONDS = 600
/** How far another server's clock may be ahead. A token from later than that was made while a clock was wrong. */
const AHEAD_SECONDS = 3_600
const ISSUER = 'bitim'
const ALGORITHM = 'HS256'

type TokenSubject =
  | StaffCaller
  | { readonly kind: 'person'; readonly caseId: CaseId; readonly participantId: ParticipantId; readonly sessionId: string }

export interface Tokens {
  /** `expiresAt` in milliseconds since 1970, as the clock on the wall shows it. */
  sign(subject: TokenSubject): { readonly token: string; readonly expiresAt: number }
  /** Undefined for anything but an unexpired token of this installation. Says nothing about whether its session still lives. */
  verify(token: string): (TokenSubject & { readonly expiresAt: number }) | undefined
}

const claims = { sid: idField<string>(), iat: z.int(), exp: z.int(), iss: z.literal(ISSUER) }
const staffClaims = z.strictObject({
  ...claims,
  aud: z.literal('bitim:staff'),
  sub: idField<AccountId>(),
  role: z.enum(['owner', 'mediator']),
})
const personClaims = z.strictObject({ ...claims, aud: z.literal('bitim:person'), sub: idField<ParticipantId>(), case: idField<CaseId>() })

export function createTokens({ tokenKey, clock }: { tokenKey: Uint8Array; clock: SteadyClock }): Tokens {
  const keys = {
    // As key objects: of plain bytes the library first tries to make a public key, a millisecond each time.
    staff: createSecretKey(keyFor(tokenKey, 'jwt staff')),
    person: createSecretKey(keyFor(tokenKey, 'jwt person')),
  }
  const read = (token: string, kind: keyof typeof keys): unknown => {
    const now = Math.floor(clock.now() / 1000)
    try {
      const payload = jwt.verify(token, keys[kind], {
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: `bitim:${kind}`,
        clockTimestamp: now,
      })
      return typeof payload === 'object' && (payload.iat ?? 0) <= now + AHEAD_SECONDS ? payload : undefined
    } catch {
      // Forged, expired, of another audience: all one to whoever presents it.
      return undefined
    }
  }
  return {
    sign(subject) {
      const iat = Math.floor(clock.now() / 1000)
      const own =
        subject.kind === 'staff' ? { sub: subject.accountId, role: subject.role } : { sub: subject.participantId, case: subject.caseId }
      const payload = { ...own, sid: subject.sessionId, iat, exp: iat + TOKEN_SECONDS, iss: ISSUER, aud: `bitim:${subject.kind}` }
      return { token: jwt.sign(payload, keys[subject.kind], { algorithm: ALGORITHM }), expiresAt: clock.onWall(payload.exp * 1000) }
    },
    verify(token) {
      const staff = z.safeParse(staffClaims, read(token, 'staff'))
      if (staff.success) {
        const { sub, role, sid, exp } = staff.data
        return { kind: 'staff', accountId: sub, role, sessionId: sid, expiresAt: exp * 1000 }
      }
      const person = z.safeParse(personClaims, read(token, 'person'))
      if (person.success) {
        const { sub, sid, exp } = person.data
        return { kind: 'person', caseId: person.data.case, participantId: sub, sessionId: sid, expiresAt: exp * 1000 }
      }
      return undefined
    },
  }
}
