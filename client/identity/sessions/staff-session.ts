// A mediator's or owner's session: the token in memory, what renews it in a cookie that no script can read. Nothing is stored by this page.
import { type AuthorisedApi, authorisedApi } from '#client/http/authorised-api.ts'
import { createTokenKeeper, type HeldToken } from '#client/http/token-keeper.ts'
import type { ToolParts } from '#client/http/tools.tsx'
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { Account } from '#shared/identity/identity-protocol.ts'
import { type StaffSession, staffRefresh, staffSignOut } from '#shared/identity/staff-protocol.ts'

export type StaffState =
  /** Not asked yet, or the server could not be asked. */
  { readonly kind: 'unknown' } | { readonly kind: 'signed-out' } | { readonly kind: 'signed-in'; readonly account: Account }

export interface StaffKeeper extends Store<StaffState> {
  /** Finds out whether this browser holds a session. Throws Unreachable without a connection. */
  start(): Promise<void>
  /** A session just opened: signed in, set up, accepted. */
  adopt(session: StaffSession): void
  /** The profile changed. */
  changed(account: Account): void
  signOut(): Promise<void>
  readonly call: AuthorisedApi['call']
  freshToken(options: { renew: boolean }): Promise<HeldToken | 'ended'>
}

export function createStaffSession({ api }: Pick<ToolParts, 'api'>): StaffKeeper {
  const { state, subscribe, set: become } = createStore<StaffState>({ kind: 'unknown' })
  const tokens = createTokenKeeper({
    now: api.now,
    async refresh() {
      const session = await api.call(staffRefresh, {})
      become({ kind: 'signed-in', account: session.account })
      return session
    },
  })
  const freshToken = async (options: { renew: boolean }) => {
    const token = await tokens.fresh(options)
    if (token === 'ended' && state().kind !== 'signed-out') become({ kind: 'signed-out' })
    return token
  }
  return {
    state,
    subscribe,
    async start() {
      await freshToken({ renew: false })
    },
    adopt(session) {
      tokens.hold(session)
      become({ kind: 'signed-in', account: session.account })
    },
    changed(account) {
      if (state().kind === 'signed-in') become({ kind: 'signed-in', account })
    },
    async signOut() {
      await api.call(staffSignOut, {})
      tokens.forget()
      become({ kind: 'signed-out' })
    },
    call: authorisedApi(api, { freshToken }).call,
    freshToken,
  }
}
