// Everything that is drawn or packed for signing is made in the worker pool: it costs tenths of a second, and its words are other people's.
import { defineTask, WorkerFailure } from '#server/workers/task.ts'
import type { WorkerPool } from '#server/workers/worker-pool.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { CompletionSource } from '#shared/signing/bundle/completion.ts'
import type { Signer } from '#shared/signing/chain-fields.ts'
import type { SigningReason } from '#shared/signing/signing-protocol.ts'
import type { BundleSource } from './bundle/build-bundle.ts'
import type { AgreementPaper } from './pdf/agreement-pdf.ts'

/** Fifty pages take somewhat over a second; a busy machine may take ten times as long. */
const LIMITS = { priority: 'background', timeout: 15_000 } as const

export interface PaperCopy extends AgreementPaper {
  readonly signers: readonly Pick<Signer, 'name' | 'role' | 'side'>[]
}

export const printAgreement = defineTask<AgreementPaper, Uint8Array>('print-agreement', LIMITS)
export const printPaperCopy = defineTask<PaperCopy, Uint8Array>('print-paper-copy', LIMITS)
export const printCompletion = defineTask<CompletionSource, Uint8Array>('print-completion', LIMITS)
export const packBundle = defineTask<BundleSource, Uint8Array>('pack-bundle', LIMITS)

/** The same bytes for the same source, on any server. */
export interface Printing {
  /** Rejects with a WorkerFailure: freezing names its own reasons. */
  agreement(caseId: CaseId, paper: AgreementPaper): Promise<Uint8Array>
  /** These reject with a reason that people are told. */
  paperCopy(caseId: CaseId, paper: PaperCopy): Promise<Uint8Array>
  completion(caseId: CaseId, source: CompletionSource): Promise<Uint8Array>
  bundle(caseId: CaseId, source: BundleSource): Promise<Uint8Array>
}

export function openPrinting({ pool }: { pool: Pick<WorkerPool, 'run'> }): Printing {
  return {
    agreement: (caseId, paper) => pool.run(printAgreement, caseId, paper),
    paperCopy: (caseId, paper) => pool.run(printPaperCopy, caseId, paper).catch(cannotMake),
    completion: (caseId, source) => pool.run(printCompletion, caseId, source).catch(cannotMake),
    bundle: (caseId, source) => pool.run(packBundle, caseId, source).catch(cannotMake),
  }
}

function cannotMake(cause: unknown): never {
  if (!(cause instanceof WorkerFailure)) throw cause
  throw new AppError({ kind: 'unavailable', reason: 'signing/cannot-make' satisfies SigningReason }, { message: cause.message, cause })
}
