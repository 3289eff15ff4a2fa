// How staff come in and go out: limits, sessions and cookies around the accounts.
import type { Limits } from '#server/http/limits.ts'
import type { Log } from '#server/http/log.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { Account } from '#shared/identity/identity-protocol.ts'
import {
  mediatorAccept,
  ownerSetUp,
  passwordForgotten,
  passwordRenew,
  type StaffSession,
  staffRefresh,
  staffSignIn,
  staffSignOut,
} from '#shared/identity/staff-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { FORGOTTEN, LINK, NEW_ACCOUNT, RENEWALS, SIGN_IN } from '../guessing-limits.ts'
import { digestOf } from '../random.ts'
import { clearSessionCookie, STAFF_COOKIE, setSessionCookie } from '../sessions/cookies.ts'
import type { KnownDevices } from '../sessions/known-devices.ts'
import type { OpenSession, Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'
import type { Accounts } from './accounts.ts'
import type { NewAccount } from './new-accounts.ts'
import type { PasswordMail } from './password-mail.ts'
import type { Asker } from './password-work.ts'

interface SignInDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly limits: Limits
  readonly devices: KnownDevices
  readonly passwordMail: PasswordMail
  readonly endEverywhere: (account: AccountId) => Promise<void>
  /** Into the server's log. */
  readonly note: Log['info']
}

export function signInRoutes(deps: SignInDeps): readonly ServedRoute[] {
  const { accounts, sessions, tokens, limits, devices, passwordMail, note } = deps

  function answer(open: OpenSession, account: Account, context: RequestContext): StaffSession {
    setSessionCookie(context, STAFF_COOKIE, open)
    return { ...tokens.sign({ kind: 'staff', accountId: account.id, role: account.role, sessionId: open.id }), account }
  }

  async function open(account: Account, keep: boolean, context: RequestContext): Promise<StaffSession> {
    const session = await sessions.open({ kind: 'staff', accountId: account.id }, { keep, device: context.device })
    // Closed between the password and here: ending all its sessions may have missed the new one.
    if ((await accounts.get(account.id))?.state !== 'active') {
      await sessions.end(session.id)
      throw new AppError({ kind: 'unauthenticated', reason: 'identity/wrong-credentials' })
    }
    return answer(session, account, context)
  }

  async function newAccount(
    input: NewAccount,
    context: RequestContext,
    make: (input: NewAccount, by: Asker) => Promise<Account>,
  ): Promise<StaffSession> {
    const who = { address: context.address }
    // The link is looked at before anything costs something: who is asked for a hash here has a good one.
    const by: Asker = { share: 'known', source: digestOf(input.secret) }
    const account = await limits.attempt(LINK, who, () => limits.attempt(NEW_ACCOUNT, who, () => make(input, by)))
    devices.remember(context, input.email, { keep: true })
    return open(account, true, context)
  }

  return [
    serve(ownerSetUp, (input, _caller, context) => newAccount(input, context, accounts.setUpOwner)),
    serve(mediatorAccept, (input, _caller, context) => newAccount(input, context, accounts.accept)),
    serve(staffSignIn, async ({ email, password, keep }, _caller, context) => {
      const device = devices.idFor(context, email)
      const who = { address: context.address, target: digestOf(email), device }
      const by: Asker =
        device === undefined
          ? { share: limits.isFresh(SIGN_IN, who) ? 'fresh' : 'failed', source: context.address }
          : { share: 'known', source: device }
      const account = await limits.attempt(SIGN_IN, who, async () => {
        const found = await accounts.signIn(email, password, by)
        if (!found) throw new AppError({ kind: 'unauthenticated', reason: 'identity/wrong-credentials' })
        return found
      })
      devices.remember(context, email, { keep })
      return open(account, keep, context)
    }),
    serve(passwordForgotten, async ({ email, language }, _caller, context) => {
      limits.ask(FORGOTTEN, { address: context.address, target: digestOf(email), device: devices.idFor(context, email) })
      passwordMail.sendLink(email, language)
      return {}
    }),
    serve(passwordRenew, async (input, _caller, context) => {
      const by: Asker = { share: 'known', source: digestOf(input.secret) }
      const account = await limits.attempt(LINK, { address: context.address }, () => accounts.renewPassword(input, by))
      await deps.endEverywhere(account.id)
      note({ account: account.id }, 'a password was set by a link')
      passwordMail.tell(account, 'changed')
      return open(account, false, context)
    }),
    serve(staffRefresh, async (_input, _caller, context) => {
      const secret = context.cookie(STAFF_COOKIE.name)
      const id = sessions.idOf(secret)
      // Without a MAC of ours nothing is counted and nothing looked up.
      if (id === undefined) throw ended()
      limits.act('renew', id, RENEWALS)
      const renewed = await sessions.refresh(secret)
      const { owner } = renewed.session
      if (owner.kind !== 'staff') throw ended()
      return answer(renewed, await accounts.own(owner.accountId), context)
    }),
    serve(staffSignOut, async (_input, _caller, context) => {
      const id = sessions.idOf(context.cookie(STAFF_COOKIE.name))
      if (id !== undefined) await sessions.end(id)
      clearSessionCookie(context, STAFF_COOKIE)
      return {}
    }),
  ]
}

function ended(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
}
