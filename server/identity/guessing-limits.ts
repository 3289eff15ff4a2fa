// What of identity can be guessed at, and how much failing it bears. A mobile network shares one address among thousands: addresses are loose.
import type { GuessingLimit } from '#server/http/limits.ts'

const NETWORK = { free: 30, firstMs: 2_000, mostMs: 60_000, forgetMs: 20_000 } as const
const ONE = { free: 5, firstMs: 5_000, mostMs: 300_000, forgetMs: 180_000 } as const

/** The password of an account: about twenty guesses an hour from one network, and one at a time once many networks guess. */
export const SIGN_IN: GuessingLimit = {
  name: 'sign-in',
  reason: 'identity/slow-down',
  failures: ['identity/wrong-credentials'],
  address: NETWORK,
  pair: ONE,
  alarm: { failures: 30, forgetMs: 120_000 },
}

/** The present password of somebody who is signed in: counted for that session alone. */
export const OWN_PASSWORD: GuessingLimit = {
  name: 'own password',
  reason: 'identity/slow-down',
  failures: ['identity/wrong-password'],
  address: NETWORK,
  pair: ONE,
}

/** Secrets of links, of any kind. */
export const LINK: GuessingLimit = {
  name: 'link',
  reason: 'identity/slow-down',
  failures: ['identity/link-unknown'],
  address: NETWORK,
  unguessable: true,
}

/** Whoever has a good link for a new account can ask with it whether an address of mail is taken. */
export const NEW_ACCOUNT: GuessingLimit = {
  name: 'new account',
  reason: 'identity/slow-down',
  failures: ['identity/email-taken'],
  address: ONE,
}

/** Mail with a link for a new password: whoever asks for much mail waits. How many mails one account gets is counted by its links. */
export const FORGOTTEN: GuessingLimit = {
  name: 'forgotten password',
  reason: 'identity/mails-too-many',
  failures: [],
  address: { free: 10, firstMs: 10_000, mostMs: 600_000, forgetMs: 120_000 },
  pair: { free: 3, firstMs: 30_000, mostMs: 600_000, forgetMs: 300_000 },
}

/** Renewals of one session: many tabs, a flapping network. Counted under an id that its secret has proven. */
export const RENEWALS = { points: 60, seconds: 600 } as const

/** Links and codes a mediator makes or sends; far above what work needs, far below what abuse of a gateway does. */
export const MAKING = { points: 120, seconds: 3600 } as const
