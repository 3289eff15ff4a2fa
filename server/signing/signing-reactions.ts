// What follows from events of signing and can be done again by any server: sealing a version that was just frozen, printing its copy for
// signing by hand, storing the bundle of a released one, destroying the bytes of signatures that no longer stand. Each step asks the state, never the event that woke it.

import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { mediationEnded } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { draftReopen, draftReopened, versionFrozen } from '#shared/drafting/drafting-protocol.ts'
import { type DraftState, draftFold, versionOf } from '#shared/drafting/drafting-state.ts'
import { audienceKind, audienceSubject, signersAudience } from '#shared/kernel/audience.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import { asId, type CaseId, type FileId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { serialQueues } from '#shared/kernel/serial-queue.ts'
import { viewOf } from '#shared/log/decide.ts'
import { stateIn } from '#shared/log/fold.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { agreementReleased, signatureWithdrawn, versionDeclined, versionSeal } from '#shared/signing/signing-protocol.ts'
import { agreementFold, declinedIn, ownSigningFold } from '#shared/signing/signing-state.ts'
import { sideSignatures } from '#shared/signing/signing-view.ts'
import type { GetBundle } from './bundles.ts'
import type { Confirmations } from './confirmations.ts'
import type { GetPaperCopy } from './paper-copies.ts'
import type { SignersFiles } from './signers-files.ts'
import { signersOfVersion } from './version-of-case.ts'

interface ReactionDeps {
  readonly log: Pick<CaseLog, 'state' | 'step'>
  readonly crypto: Digester
  readonly files: Pick<SignersFiles, 'destroy'>
  readonly confirmations: Pick<Confirmations, 'find'>
  readonly bundle: GetBundle
  readonly paperCopy: GetPaperCopy
  /** Told of a step that failed; it is done again with the next event, request or start. */
  readonly onTrouble: (error: unknown) => void
}

export interface SigningReactions {
  readonly subscriber: Subscriber
  /** Does whatever is still to be done in this case; at start, when a case is loaded, before a signature. */
  settle(caseId: CaseId): Promise<void>
}

const WAKING: ReadonlySet<string> = new Set(
  [versionFrozen, draftReopened, versionDeclined, mediationEnded, signatureWithdrawn, agreementReleased].map(
    (definition) => definition.name,
  ),
)

export function signingReactions(deps: ReactionDeps): SigningReactions {
  /** So that a step is not begun twice by one server. */
  const queues = serialQueues<CaseId>()
  const destroyed = new Set<FileId>()
  const printed = new Set<VersionId>()

  const settle = (caseId: CaseId) => queues.run(caseId, () => settleNow(caseId))

  async function settleNow(caseId: CaseId): Promise<void> {
    const state = await deps.log.state(caseId)
    const draft = stateIn(state.audiences, draftFold, 'all')
    if (!draft || draft.versions.length === 0) return
    if (await reopenDeclined(caseId, state, draft)) return settleNow(caseId)
    await sealFrozen(caseId, state, draft)
    printFrozen(caseId, await deps.log.state(caseId), draft) // with the names that were just sealed
    const agreed = stateIn(state.audiences, agreementFold, 'all')?.agreed
    const version = agreed?.kind === 'released' ? versionOf(draft, agreed.versionId) : undefined
    if (agreed?.kind === 'released' && version) await deps.bundle(caseId, version, agreed.bundleFileId)
    await destroyFallen(caseId, state, draft)
  }

  /** True when it has opened the draft again. */
  async function reopenDeclined(caseId: CaseId, { audiences }: LoadedCase, { phase }: DraftState): Promise<boolean> {
    if (phase.kind !== 'frozen') return false
    const { versionId } = phase
    if (![...audiences.keys()].some((audience) => declinedIn(stateIn(audiences, ownSigningFold, audience), versionId))) return false
    await deps.log.step(caseId, draftReopen, { versionId }, stepId(`draft:reopen ${caseId} ${versionId}`))
    return true
  }

  async function sealFrozen(caseId: CaseId, state: LoadedCase, draft: DraftState): Promise<void> {
    const { phase } = draft
    if (phase.kind !== 'frozen') return
    const { versionId } = phase
    if (stateIn(state.audiences, signersFold, signersAudience(versionId))?.frozen) return
    const signers = sideSignatures(viewOf(state.audiences), versionId).map(({ participantId }) => participantId)
    await deps.log.step(caseId, versionSeal, { versionId, signers }, stepId(`version:seal ${caseId} ${versionId}`))
  }

  /** At once, and not when the first asks: how long the second waits would tell them of the first. Nobody's signature waits for it. */
  function printFrozen(caseId: CaseId, state: LoadedCase, draft: DraftState): void {
    const { phase } = draft
    const version = phase.kind === 'frozen' ? versionOf(draft, phase.versionId) : undefined
    if (phase.kind !== 'frozen' || !version || printed.has(version.versionId)) return
    printed.add(version.versionId)
    const signers = signersOfVersion(viewOf(state.audiences), version)
    deps.paperCopy({ caseId, version, signers, frozenAt: phase.at }).catch((error: unknown) => {
      printed.delete(version.versionId)
      deps.onTrouble(error)
    })
  }

  async function destroyFallen(caseId: CaseId, state: LoadedCase, draft: DraftState): Promise<void> {
    const over = stateIn(state.audiences, caseFold, 'case')?.ended !== undefined
    const standing = !over && draft.phase.kind === 'frozen' ? draft.phase.versionId : undefined
    for (const audience of state.audiences.keys()) {
      if (audienceKind(audience) !== 'direct') continue
      for (const { fileId, versionId, withdrawnAt } of stateIn(state.audiences, ownSigningFold, audience)?.given ?? []) {
        if (versionId !== standing || withdrawnAt !== undefined) await destroy(fileId)
      }
      // A signature that came too late was refused, but its bytes may have come to rest before the refusal.
      const participantId = asId<ParticipantId>(audienceSubject(audience) ?? '')
      for (const { versionId } of draft.versions) if (versionId !== standing) await destroyUnused(caseId, versionId, participantId)
    }
  }

  async function destroyUnused(caseId: CaseId, versionId: VersionId, participantId: ParticipantId): Promise<void> {
    const found = await deps.confirmations.find({ caseId, versionId, participantId })
    if (found?.confirmation.state === 'certified') await deps.files.destroy(found.confirmation.fileId)
  }

  async function destroy(fileId: FileId): Promise<void> {
    if (destroyed.has(fileId)) return
    await deps.files.destroy(fileId)
    destroyed.add(fileId)
  }

  return {
    subscriber: {
      name: 'signing',
      committed({ caseId, events }) {
        if (events.some((event) => WAKING.has(event.type))) settle(caseId).catch(deps.onTrouble)
      },
      loaded: (caseId) => void settle(caseId).catch(deps.onTrouble),
    },
    settle,
  }
}
