// Routes of staff: first run, signing in, one's own profile, the owner's list of accounts.
import * as z from 'zod/mini'
import type { AccountId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { optionalLineField } from '#shared/protocol/text-fields.ts'
import { emailField, passwordField, personNameField, phoneField, typedPasswordField } from './identity-fields.ts'
import { account, nothing, STAFF_ROLES } from './identity-protocol.ts'
import { secretField } from './join-fields.ts'

/** `token` is sent as `Authorization: Bearer …`; the refresh cookie beside it is the browser's alone. Times are milliseconds since 1970. */
export const staffSession = z.strictObject({ token: z.string(), expiresAt: z.int(), account })
export type StaffSession = z.output<typeof staffSession>

const profileInput = z.strictObject({
  name: personNameField,
  organisation: optionalLineField(160),
  noOrganisation: z.optional(z.boolean()),
  registerNumber: optionalLineField(60),
  phone: z.union([z.literal(''), phoneField]),
  languages: z.array(localeField).check(z.maxLength(3)),
})

const newAccount = { secret: secretField, email: emailField, name: personNameField, password: passwordField }

/** First run: the one-time link on the terminal is `/setup#<secret>`. */
export const ownerSetUp = defineRoute({
  method: 'POST',
  path: '/api/staff/set-up',
  auth: 'none',
  input: z.strictObject(newAccount),
  answer: staffSession,
})

export const staffSignIn = defineRoute({
  method: 'POST',
  path: '/api/staff/sign-in',
  auth: 'none',
  /** `keep` false: the session ends with the browser. */
  input: z.strictObject({ email: emailField, password: typedPasswordField, keep: z.boolean() }),
  answer: staffSession,
})

/** Reads the refresh cookie; ask at start and before `expiresAt`. Safe to repeat after a lost answer. */
export const staffRefresh = defineRoute({
  method: 'POST',
  path: '/api/staff/session/refresh',
  auth: 'none',
  input: nothing,
  answer: staffSession,
})

export const staffSignOut = defineRoute({ method: 'POST', path: '/api/staff/session/end', auth: 'none', input: nothing, answer: nothing })

export const staffMe = defineRoute({ method: 'GET', path: '/api/staff/me', auth: 'staff', input: nothing, answer: account })

export const profileChange = defineRoute({ method: 'PUT', path: '/api/staff/profile', auth: 'staff', input: profileInput, answer: account })

/** Ends every other session of this account. */
export const passwordChange = defineRoute({
  method: 'POST',
  path: '/api/staff/password',
  auth: 'staff',
  input: z.strictObject({ current: typedPasswordField, next: passwordField }),
  answer: nothing,
})

/** Answered alike whoever asks for whom; the account's holder gets a mail with a link `/password#<secret>`, where there is one and mail is sent. */
export const passwordForgotten = defineRoute({
  method: 'POST',
  path: '/api/staff/password/forgotten',
  auth: 'none',
  input: z.strictObject({ email: emailField, language: localeField }),
  answer: nothing,
})

/** By a one-time link, which is used up. Ends every session of the account and opens one here, which ends with the browser. */
export const passwordRenew = defineRoute({
  method: 'POST',
  path: '/api/staff/password/renew',
  auth: 'none',
  input: z.strictObject({ secret: secretField, password: passwordField }),
  answer: staffSession,
})

export const accountList = defineRoute({
  method: 'GET',
  path: '/api/accounts',
  auth: 'owner',
  input: nothing,
  answer: z.strictObject({ accounts: z.array(account) }),
})

/** A one-time link `/welcome#<secret>` for a new mediator, good for seven days; shown once. */
export const mediatorInvite = defineRoute({
  method: 'POST',
  path: '/api/accounts/invite',
  auth: 'owner',
  input: z.strictObject({ role: z.enum(STAFF_ROLES) }),
  answer: z.strictObject({ link: z.string(), expiresAt: z.int() }),
})

export const mediatorAccept = defineRoute({
  method: 'POST',
  path: '/api/accounts/accept',
  auth: 'none',
  input: z.strictObject(newAccount),
  answer: staffSession,
})

/** Closing ends the account's sessions and live connections at once. */
export const accountState = defineRoute({
  method: 'PUT',
  path: '/api/accounts/:accountId/state',
  auth: 'owner',
  input: z.strictObject({ accountId: idField<AccountId>(), state: z.enum(['active', 'closed']) }),
  answer: account,
})

/**
 * A one-time link `/password#<secret>` for somebody else who has forgotten their password, good for a day; shown once. `password` is the
 * owner's own: a screen that was left open must not open the accounts of others.
 */
export const accountPasswordLink = defineRoute({
  method: 'POST',
  path: '/api/accounts/:accountId/password-link',
  auth: 'owner',
  input: z.strictObject({ accountId: idField<AccountId>(), password: typedPasswordField }),
  answer: z.strictObject({ link: z.string(), expiresAt: z.int() }),
})

/** Messages that went nowhere because no mail server or gateway is configured. Only for the owner or a visitor on loopback; else not-found. */
export const sinkRead = defineRoute({
  method: 'GET',
  path: '/api/sink',
  auth: 'none',
  input: nothing,
  answer: z.strictObject({
    messages: z.array(z.strictObject({ way: z.enum(['mail', 'sms']), to: z.string(), at: z.int(), subject: z.string(), text: z.string() })),
  }),
})
export type SinkMessage = z.output<typeof sinkRead.answer>['messages'][number]
