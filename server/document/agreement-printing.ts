// Papers of an agreement are drawn in the worker pool: it costs tenths of a second, and the words are other people's.
import { defineTask } from '#server/workers/task.ts'
import type { AgreementPaper, NamedOnPaper } from './pdf/agreement-pdf.ts'

/** Fifty pages take somewhat over a second; a busy machine may take ten times as long. */
export const PRINTING_LIMITS = { priority: 'background', timeout: 15_000 } as const

export interface PaperCopy extends AgreementPaper {
  readonly signers: readonly NamedOnPaper[]
}

/** The same bytes for the same paper, on any server. */
export const printAgreement = defineTask<AgreementPaper, Uint8Array>('print-agreement', PRINTING_LIMITS)
/** For signing by hand. */
export const printPaperCopy = defineTask<PaperCopy, Uint8Array>('print-paper-copy', PRINTING_LIMITS)
