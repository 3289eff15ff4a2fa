// The staff's session for screens: one for the page, found out at the first screen that asks.
import { createContext, type ReactNode, useContext, useEffect } from 'react'
import { useLocation } from 'wouter'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useRequest } from '#client/http/use-request.ts'
import { useWait } from '#client/http/use-wait.ts'
import { createStaffSession, type StaffKeeper, type StaffState } from '#client/identity/sessions/staff-session.ts'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Account } from '#shared/identity/identity-protocol.ts'
import '#client/identity/reasons.ts'

export function useStaff(): StaffKeeper {
  return useTools().once(createStaffSession)
}

function useStaffState(): StaffState {
  return useStore(useStaff())
}

/** Calls in the name of whoever is signed in. */
export function useStaffCall(): AuthorisedApi['call'] {
  return useStaff().call
}

const AccountContext = createContext<Account | undefined>(undefined)

/** Who is signed in; only below a StaffGate. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (!account) throw new Error('outside of a StaffGate')
  return account
}

/** Lets signed-in staff through and sends everybody else to sign in, and back here afterwards. */
export function StaffGate({ children }: { children: ReactNode }) {
  const staff = useStaff()
  const state = useStaffState()
  const [path, navigate] = useLocation()
  const { problem, run } = useRequest()
  const wait = useWait(problem)
  useEffect(() => {
    if (state.kind === 'unknown') void run(() => staff.start())
    if (state.kind === 'signed-out') navigate('/sign-in', { replace: true, state: { back: path } })
  }, [state.kind, staff, run, navigate, path])
  if (state.kind === 'signed-in') return <AccountContext value={state.account}>{children}</AccountContext>
  return (
    <PageFrame header={<PageHeader home="/" />} width="narrow">
      {problem ? <ErrorState problem={problem} wait={wait} onRetry={() => void run(() => staff.start())} /> : <Loading />}
    </PageFrame>
  )
}
