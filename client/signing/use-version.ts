// Where the frozen version stands for the person who looks: by the same folds and policies as on the server.
import { useMemo } from 'react'
import { useCase, useView } from '#client/rooms/use-room.ts'
import type { CaseState } from '#shared/cases/case-state.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { draftFold, versionOf } from '#shared/drafting/drafting-state.ts'
import type { BoundDevice } from '#shared/identity/access-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import { waitingDevices } from '#shared/signing/device-signing.ts'
import type { SigningSituation } from '#shared/signing/signing-policy.ts'
import { type Agreed, agreementFold, type Given, type OwnSigning, ownSigningFold, standingOf } from '#shared/signing/signing-state.ts'
import { type SideSignature, sideSignatures, signingSituation } from '#shared/signing/signing-view.ts'

export interface ShownVersion {
  readonly caseState: CaseState
  readonly me: Person
  readonly version: FrozenVersion
  readonly situation: SigningSituation
  readonly own: Given | undefined
  readonly ownPast: OwnSigning | undefined
  readonly agreed: Agreed | undefined
  /** As the mediator sees them; without signatures for everybody else. */
  readonly sides: readonly (SideSignature & { readonly waiting: readonly BoundDevice[] })[]
  readonly versions: readonly FrozenVersion[]
}

/** Undefined while no version is frozen. */
export function useVersion(): ShownVersion | undefined {
  const { state, me } = useCase()
  const view = useView()
  return useMemo(() => shown(view, state, me), [view, state, me])
}

function shown(view: View, caseState: CaseState, me: Person): ShownVersion | undefined {
  const draft = view.state(draftFold, 'all')
  const version = draft?.phase.kind === 'frozen' ? versionOf(draft, draft.phase.versionId) : undefined
  if (!draft || !version) return undefined
  const ownPast = view.state(ownSigningFold, directAudience(me.id))
  const agreed = view.state(agreementFold, 'all')?.agreed
  return {
    caseState,
    me,
    version,
    situation: signingSituation(view, me, version.versionId),
    own: standingOf(ownPast, version.versionId),
    ownPast,
    agreed: agreed?.versionId === version.versionId ? agreed : undefined,
    sides: sideSignatures(view, version.versionId).map((side) => ({
      ...side,
      waiting: waitingDevices(view, version.versionId, side.participantId),
    })),
    versions: draft.versions,
  }
}
