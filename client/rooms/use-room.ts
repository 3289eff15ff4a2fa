// The case as its screens ask for it: facts, oneself, the view that policies read.
import { useMemo } from 'react'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseClient, useCaseSnapshot, useMe, useSlice } from '#client/realtime/use-case.tsx'
import { actorIn, type CaseState, caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type View, viewOf } from '#shared/log/decide.ts'

/** Below the stage that knows them, case and person are there. */
export function useCase(): { readonly state: CaseState; readonly me: Person } {
  const client = useCaseClient()
  const state = useSlice(caseFold, 'case')
  const id = useMe()
  const me = useMemo(() => (state && id ? actorIn(state, client.caseId, id) : undefined), [state, id, client.caseId])
  if (!state || !me) throw new Error('shown before the case is known')
  return { state, me }
}

const audiences = (snapshot: CaseSnapshot) => snapshot.audiences
const connected = (snapshot: CaseSnapshot) => snapshot.connected

export function useView(): View {
  const known = useCaseSnapshot(audiences)
  return useMemo(() => viewOf(known), [known])
}

export function useConnected(): ReadonlySet<ParticipantId> {
  return useCaseSnapshot(connected)
}
