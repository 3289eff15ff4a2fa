// Closes a released signers' chain: one more sealed record, over the chain's head, so that no header of it can be written anew without the
// installation's key. Not part of the release's own commit: what is sealed is where that commit came to stand, which is known only after it.
import type { CaseLog } from '#server/log/case-log.ts'
import { stepId } from '#server/log/step-id.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { chainSeal } from '#shared/signing/signing-protocol.ts'

/** Any server may do it, and again. */
export type CloseChain = (caseId: CaseId, versionId: VersionId) => Promise<void>

export function makeCloseChain({ log }: { readonly log: Pick<CaseLog, 'state' | 'step'> }): CloseChain {
  return async (caseId, versionId) => {
    const { audiences } = await log.state(caseId)
    if (stateIn(audiences, signersFold, signersAudience(versionId))?.closed) return
    await log.step(caseId, chainSeal, { versionId }, stepId(`chain:seal ${caseId} ${versionId}`))
  }
}
