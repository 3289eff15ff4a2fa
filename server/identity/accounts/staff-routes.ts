// What answers staff's routes: limits, sessions and cookies around the accounts.

import type { Caller } from '#server/http/caller.ts'
import type { Limit } from '#server/http/limits.ts'
import type { RequestContext } from '#server/http/request-context.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import type { Account } from '#shared/identity/identity-protocol.ts'
import {
  accountList,
  accountState,
  installationLook,
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
import { digestOf } from '../random.ts'
import { clearSessionCookie, STAFF_COOKIE, setSessionCookie } from '../sessions/cookies.ts'
import type { OpenSession, Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../sessions/tokens.ts'
import type { Accounts } from './accounts.ts'

/** Wrong passwords: per name and address closely, per name from everywhere, per address for all names. */
const SIGN_IN = { pair: { points: 10, seconds: 900 }, name: { points: 60, seconds: 3600 }, address: { points: 100, seconds: 900 } } as const
const LINKS = { points: 30, seconds: 900 } as const
const PASSWORD = { points: 10, seconds: 900 } as const
const REFRESH = { points: 120, seconds: 600 } as const

export interface StaffDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly tokens: Tokens
  readonly limit: Limit
  readonly sink: Sink | undefined
  readonly publicUrl: () => string
  readonly demo: boolean
  /** Closes the account's live connections. */
  readonly revokeAccount: (accountId: AccountId) => void
}

export function staffRoutes(deps: StaffDeps): readonly ServedRoute[] {
  const { accounts, sessions, tokens, limit } = deps

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

  return [
    serve(installationLook, async (_input, caller, context) => ({
      ready: await accounts.isReady(),
      demo: deps.demo,
      sink: mayReadSink(caller, context),
    })),
    serve(ownerSetUp, async (input, _caller, context) => {
      await limit('set-up', context.address, LINKS)
      return open(await accounts.setUpOwner(input), true, context)
    }),
    serve(mediatorAccept, async (input, _caller, context) => {
      await limit('welcome', context.address, LINKS)
      return open(await accounts.accept(input), true, context)
    }),
    serve(staffSignIn, async ({ login, password, keep }, _caller, context) => {
      const name = digestOf(login.toLowerCase())
      await limit('sign-in', `${name} ${context.address}`, SIGN_IN.pair)
      await limit('sign-in name', name, SIGN_IN.name)
      await limit('sign-in address', context.address, SIGN_IN.address)
      const account = await accounts.signIn(login, password)
      if (!account) throw new AppError({ kind: 'unauthenticated', reason: 'identity/wrong-credentials' })
      return open(account, keep, context)
    }),
    serve(staffRefresh, async (_input, _caller, context) => {
      await limit('refresh', context.address, REFRESH)
      const renewed = await sessions.refresh(context.cookie(STAFF_COOKIE.name))
      const { owner } = renewed.session
      if (owner.kind !== 'staff') throw new AppError({ kind: 'unauthenticated', reason: 'identity/session-ended' })
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
    serve(passwordChange, async ({ current, next }, caller) => {
      await limit('password', caller.accountId, PASSWORD)
      await accounts.changePassword(caller.accountId, current, next)
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
