// How a signer says yes once more at the moment of signing (F86): people of a side by a fresh code, staff by their password.
import type { PersonCaller } from '#server/http/caller.ts'
import type { Asker } from '#server/identity/accounts/password-work.ts'
import { codeRefusal } from '#server/identity/codes/code-refusal.ts'
import type { CodeFor, OneTimeCodes } from '#server/identity/codes/one-time-codes.ts'
import type { CodeWay } from '#shared/identity/code-ways.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import type { IdentityLevel, SigningMethod } from '#shared/signing/record-fields.ts'
import type { CodeContacts } from './code-contacts.ts'
import { CONFIRMATION_MS, type SigningPlace } from './confirmations.ts'

export interface IdentityConfirmation {
  /** Makes a code and sees to its way; the password needs nothing. */
  ask(place: SigningPlace, caller: PersonCaller): Promise<'password' | CodeWay>
  /**
   * `before` runs when the answer is right, just before a code is used up: if it throws, the code stays good.
   * Throws AppError on a wrong or used one.
   */
  check(
    place: SigningPlace,
    caller: PersonCaller,
    given: { readonly code: string } | { readonly password: string },
    before: (how: { confirmation: SigningMethod['confirmation']; identityLevel: IdentityLevel }) => Promise<void>,
  ): Promise<void>
}

export interface ConfirmDeps {
  readonly codes: Pick<OneTimeCodes, 'makeCode' | 'checkCode' | 'stateOf'>
  readonly checkPassword: (account: AccountId, password: string, by: Asker) => Promise<boolean>
  /** Where a person's codes go past the mediator; whoever has confirmed nothing is read theirs out. */
  readonly contacts: Pick<CodeContacts, 'of' | 'sendSigningCode'>
}

const METHODS = { 'read-out': 'code-read-out', sms: 'code-by-sms', mail: 'code-by-mail' } as const satisfies Record<
  CodeWay,
  SigningMethod['confirmation']
>

export function makeIdentityConfirmation({ codes, checkPassword, contacts }: ConfirmDeps): IdentityConfirmation {
  return {
    async ask(place, caller) {
      if (caller.accountId) return 'password'
      const { caseId, participantId } = place
      const contact = await contacts.of(place)
      const way = contact?.way ?? 'read-out'
      const { code } = await codes.makeCode(codeFor(place), { way, lifeMs: CONFIRMATION_MS, showTo: { caseId, participantId } })
      if (contact) await contacts.sendSigningCode(place, contact, code)
      return way
    },
    async check(place, caller, given, before) {
      if (caller.accountId) {
        const right =
          'password' in given && (await checkPassword(caller.accountId, given.password, { share: 'known', source: caller.sessionId }))
        if (!right) throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-password', field: 'confirmation' })
        return before({ confirmation: 'password', identityLevel: 'staff-account' })
      }
      if (!('code' in given)) throw new AppError({ kind: 'invalid', field: 'confirmation' })
      let way: CodeWay = 'read-out'
      const answer = await codes.checkCode(codeFor(place), given.code, async () => {
        way = (await codes.stateOf(codeFor(place)))?.way ?? way
        await before({ confirmation: METHODS[way], identityLevel: 'link-and-code' })
      })
      if (!answer.ok) throw codeRefusal(answer, 'confirmation')
    },
  }
}

/** A code is good for one person and one version. */
function codeFor({ caseId, participantId, versionId }: SigningPlace): CodeFor {
  return { purpose: 'sign', subject: `${caseId}/${participantId}/${versionId}` }
}
