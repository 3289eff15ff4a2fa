// Identity's reasons and the things its routes carry. Routes of staff stand in staff-protocol.ts, those of invited people in join-protocol.ts and invitation-protocol.ts.
import * as z from 'zod/mini'
import type { AccountId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'

/** Every reason identity gives in a Problem; the client has words for each. */
const IDENTITY_REASONS = [
  'identity/wrong-credentials', // unauthenticated: unknown address and wrong password look the same
  'identity/session-ended', // unauthenticated: sign in (or ask for a code) again
  'identity/session-held', // unauthenticated: the device was given to somebody else; its person's own code opens it again
  'identity/own-code-needed', // conflict: whoever gives the device away for the first time, or is bound by what they do on one that was given away, chooses a code
  'identity/own-code-asked', // conflict: what binds, on a device that several people use, is done after its person's own code
  'identity/own-code-easy', // invalid: digits that everybody would try first
  'identity/own-code-locked', // forbidden: five tries used; the mediator makes a new code for coming in
  'identity/wrong-password', // forbidden: the present password was mistyped
  'identity/link-unknown', // not-found: mistyped, replaced, revoked or used links look the same
  'identity/wrong-code', // forbidden; details.left: tries left
  'identity/code-locked', // forbidden: five tries used; the mediator unlocks by making a new code
  'identity/code-used', // forbidden: bound to a device already; the mediator makes a code for another one
  'identity/code-expired', // forbidden
  'identity/code-missing', // forbidden: none was made yet, or it expired more than a month ago
  'identity/same-way', // conflict: link and code would travel the same way; details.way
  'identity/no-address', // conflict: no e-mail or phone is known for this way; details.way
  'identity/no-gateway', // conflict: this installation sends no SMS, or no mail; details.way
  'identity/not-delivered', // unavailable: mail server or gateway refused
  'identity/revoked', // conflict: the invitation was revoked
  'identity/email-taken', // conflict
  'identity/already-set-up', // conflict: an owner exists
  'identity/last-owner', // conflict: somebody must keep the keys
  'identity/slow-down', // too-many: too much failed from this network or on this device; details.seconds
  'identity/mails-too-many', // too-many: links for new passwords were asked for too often from this network; details.seconds
  'identity/busy', // unavailable: many passwords are being checked at once; details.seconds
] as const
export type IdentityReason = (typeof IDENTITY_REASONS)[number]

export const STAFF_ROLES = ['owner', 'mediator'] as const
export type StaffRole = (typeof STAFF_ROLES)[number]

export const nothing = z.strictObject({})

/** What others may know of a mediator: printed on the agreement to mediate and on the certificate. */
const mediatorProfile = z.strictObject({
  name: z.string(),
  organisation: z.string(),
  /** Whoever is in no organisation of mediators says so; an empty name alone says nothing. */
  noOrganisation: z.optional(z.boolean()),
  registerNumber: z.string(),
  phone: z.string(),
  languages: z.array(localeField),
})
export type MediatorProfile = z.output<typeof mediatorProfile>

/** Whether it says what an agreement has to say of its mediator (law on mediation 9(1), 21(2)4): the register and the organisation. */
export function isComplete(profile: Pick<MediatorProfile, 'registerNumber' | 'organisation' | 'noOrganisation'>): boolean {
  return profile.registerNumber !== '' && (profile.organisation !== '' || profile.noOrganisation === true)
}

export const account = z.strictObject({
  id: idField<AccountId>(),
  role: z.enum(STAFF_ROLES),
  email: z.string(),
  state: z.enum(['active', 'closed']),
  profile: mediatorProfile,
})
export type Account = z.output<typeof account>
