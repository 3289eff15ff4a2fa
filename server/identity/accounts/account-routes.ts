// What staff do with their own account, and the owner with everybody's.
import type { StaffCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import { type ServedRoute, serve } from '#server/http/router.ts'
import { accountList, accountState, mediatorInvite, passwordChange, profileChange, staffMe } from '#shared/identity/staff-protocol.ts'
import type { AccountId } from '#shared/kernel/ids.ts'
import { OWN_PASSWORD } from '../guessing-limits.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { Accounts } from './accounts.ts'
import type { Asker } from './password-work.ts'

interface AccountRouteDeps {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly limits: Limits
  readonly publicUrl: () => string
  /** Closes the account's live connections. */
  readonly revokeAccount: (accountId: AccountId) => void
}

export function accountRoutes({ accounts, sessions, limits, publicUrl, revokeAccount }: AccountRouteDeps): readonly ServedRoute[] {
  return [
    serve(staffMe, (_input, caller) => accounts.own(caller.accountId)),
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
      return { link: `${publicUrl()}/welcome#${secret}`, expiresAt }
    }),
    serve(accountState, async ({ accountId, state }) => {
      const account = await accounts.changeState(accountId, state)
      if (state === 'closed') {
        await sessions.endOfAccount(accountId)
        revokeAccount(accountId)
      }
      return account
    }),
  ]
}

function signedIn(caller: StaffCaller): Asker {
  return { share: 'known', source: caller.sessionId }
}
