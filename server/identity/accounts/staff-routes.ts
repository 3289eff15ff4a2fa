// What answers staff's routes: limits, sessions and cookies around the accounts.

import type { Caller, StaffCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { Account } from '#shared/identity/identity-protocol.ts'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import {
  accountList,
  accountState,
  mediatorAccept,
  mediatorInvite,
  ownerSetUp,
  passwordChange,
  profileChange,
  type StaffSession,
  sinkRead,
  staffMe,
  staffRefresh,
  staffSignIn,
  staffSignOut,
} from '#shared/identity/staff-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import type { Sink } from '../delivery/sink.ts'
import { LINK, NEW_ACCOUNT, OWN_PASSWORD, RENEWALS, SIGN_IN } from '../guessing-limits.ts'
import { digestOf } from '../random.ts'
import { clearSessionCookie, STAFF_COOKIE, setSessionCookie } from '../sessions/cookies.ts'
import type { KnownDevices } from '../sessions/known-devices.ts'
import type { OpenSession, Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'
import type { Accounts, NewAccount } from './accounts.ts'
import type { Asker } from './password-work.ts'

export interface StaffDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly limits: Limits
  readonly devices: KnownDevices
  readonly sink: Sink | undefined
  readonly publicUrl: () => string
  readonly demo: boolean
  /** Closes the account's live connections. */
  readonly revokeAccount: (accountId: AccountId) => void
}

export function staffRoutes(deps: StaffDeps): readonly ServedRoute[] {
  const { accounts, sessions, tokens, limits, devices } = deps

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

  const mayReadSink = (caller: Caller | undefined, context: RequestContext) =>
    deps.sink !== undefined && (context.loopback || (caller?.kind === 'staff' && caller.role === 'owner'))

  async function own(id: AccountId): Promise<Account> {
    const account = await accounts.get(id)
    if (!account) throw new AppError({ kind: 'not-found' })
    return account
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
    serve(installationLook, async (_input, caller, context) => ({
      ready: await accounts.isReady(),
      demo: deps.demo,
      sink: mayReadSink(caller, context),
    })),
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
    serve(staffRefresh, async (_input, _caller, context) => {
      const secret = context.cookie(STAFF_COOKIE.name)
      const id = sessions.idOf(secret)
      // Without a MAC of ours nothing is counted and nothing looked up.
      if (id === undefined) throw ended()
      limits.act('renew', id, RENEWALS)
      const renewed = await sessions.refresh(secret)
      const { owner } = renewed.session
      if (owner.kind !== 'staff') throw ended()
      return answer(renewed, await own(owner.accountId), context)
    }),
    serve(staffSignOut, async (_input, _caller, context) => {
      const id = sessions.idOf(context.cookie(STAFF_COOKIE.name))
      if (id !== undefined) await sessions.end(id)
      clearSessionCookie(context, STAFF_COOKIE)
      return {}
    }),
    serve(staffMe, (_input, caller) => own(caller.accountId)),
    serve(profileChange, (profile, caller) => accounts.changeProfile(caller.accountId, profile)),
    serve(passwordChange, async ({ current, next }, caller, context) => {
      const who = { address: context.address, target: caller.accountId, device: caller.sessionId }
      await limits.attempt(OWN_PASSWORD, who, () => accounts.changePassword(caller.accountId, { current, next }, signedIn(caller)))
      await sessions.endOfAccount(caller.accountId, caller.sessionId)
      return {}
    }),
    serve(accountList, async () => ({ accounts: [...(await accounts.all())] })),
    serve(mediatorInvite, async ({ role }) => {
      const { secret, expiresAt } = await accounts.newWelcomeSecret(role)
      return { link: `${deps.publicUrl()}/welcome#${secret}`, expiresAt }
    }),
    serve(accountState, async ({ accountId, state }) => {
      const account = await accounts.changeState(accountId, state)
      if (state === 'closed') {
        await sessions.endOfAccount(accountId)
        deps.revokeAccount(accountId)
      }
      return account
    }),
    serve(sinkRead, async (_input, caller, context) => {
      if (!deps.sink || !mayReadSink(caller, context)) throw new AppError({ kind: 'not-found' })
      return { messages: [...deps.sink.messages()] }
    }),
  ]
}

function signedIn(caller: StaffCaller): Asker {
  return { share: 'known', source: caller.sessionId }
}

function ended(): AppError {
  return new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
}
