// The only place where the server opens a text: in the worker pool, with bounded memory and time, in turns with other cases, so that a
// text made to hurt (a Yjs bomb) costs its own case one task and nobody else anything.
import { defineTask } from '#server/workers/task.ts'
import type { WorkerPool } from '#server/workers/worker-pool.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import type { DeletionToMeasure, DeletionToUndo } from './deletion-tasks.ts'
import type { CanonicalDraft, Compacted, DraftText, FirstBlocks, ReadDraft, TextInLanguage, TriedEdit } from './draft-tasks.ts'
import type { BroughtBack, MadeEdit } from './restoring-tasks.ts'

export const draftStart = defineTask<FirstBlocks, Uint8Array>('draft-start', { priority: 'interactive', timeout: 2_000 })
export const draftCompact = defineTask<DraftText, Compacted>('draft-compact', { priority: 'background', timeout: 30_000 })
/** Of words that the server itself wrote. A task of its own, because compacting rests for a while after a text that broke its limits. */
export const draftBegin = defineTask<DraftText, Compacted>('draft-begin', { priority: 'interactive', timeout: 2_000 })
export const draftTryEdit = defineTask<DraftText & { readonly edit: Uint8Array }, TriedEdit>('draft-try-edit', {
  priority: 'interactive',
  timeout: 2_000,
})
export const draftCanonical = defineTask<TextInLanguage, CanonicalDraft>('draft-canonical', { priority: 'background', timeout: 15_000 })
export const draftConvert = defineTask<TextInLanguage, Compacted>('draft-convert', { priority: 'background', timeout: 30_000 })
export const draftRead = defineTask<TextInLanguage, ReadDraft>('draft-read', { priority: 'interactive', timeout: 2_000 })
export const draftBeginFrom = defineTask<DraftText, Compacted>('draft-begin-from', { priority: 'background', timeout: 15_000 })
export const draftBringBack = defineTask<BroughtBack, MadeEdit>('draft-bring-back', { priority: 'background', timeout: 15_000 })
export const draftMeasureDeletion = defineTask<DeletionToMeasure, number>('draft-measure-deletion', {
  priority: 'background',
  timeout: 15_000,
})
export const draftUndoDeletion = defineTask<DeletionToUndo, MadeEdit>('draft-undo-deletion', { priority: 'background', timeout: 15_000 })

/** Each task rejects with a WorkerFailure when it breaks its limits, or when its case has too much under way. */
export interface DraftWorker {
  start(caseId: CaseId, first: FirstBlocks): Promise<Uint8Array>
  compact(caseId: CaseId, text: DraftText): Promise<Compacted>
  /** The same for the text that a document begins with. */
  begin(caseId: CaseId, text: DraftText): Promise<Compacted>
  tryEdit(caseId: CaseId, text: DraftText & { readonly edit: Uint8Array }): Promise<TriedEdit>
  /** The words that people would sign, or what keeps them from it. */
  canonical(caseId: CaseId, text: TextInLanguage): Promise<CanonicalDraft>
  /** Of a document of the form before, nested elements: the new document with the same words. */
  convert(caseId: CaseId, text: TextInLanguage): Promise<Compacted>
  /** Of a saved state. */
  read(caseId: CaseId, text: TextInLanguage): Promise<ReadDraft>
  /** Another document with the words of a saved state. */
  beginFrom(caseId: CaseId, text: DraftText): Promise<Compacted>
  /** The edit that turns the text as it is into a saved state. */
  bringBack(caseId: CaseId, texts: BroughtBack): Promise<MadeEdit>
  /** How many letters one person has taken out of the text. */
  measureDeletion(caseId: CaseId, deletion: DeletionToMeasure): Promise<number>
  /** The edit that puts them back. */
  undoDeletion(caseId: CaseId, deletion: DeletionToUndo): Promise<MadeEdit>
}

export function openDraftWorker({ pool }: { pool: Pick<WorkerPool, 'run'> }): DraftWorker {
  return {
    start: (caseId, first) => pool.run(draftStart, caseId, first),
    compact: (caseId, text) => pool.run(draftCompact, caseId, text),
    begin: (caseId, text) => pool.run(draftBegin, caseId, text),
    tryEdit: (caseId, text) => pool.run(draftTryEdit, caseId, text),
    canonical: (caseId, text) => pool.run(draftCanonical, caseId, text),
    convert: (caseId, text) => pool.run(draftConvert, caseId, text),
    read: (caseId, text) => pool.run(draftRead, caseId, text),
    beginFrom: (caseId, text) => pool.run(draftBeginFrom, caseId, text),
    bringBack: (caseId, texts) => pool.run(draftBringBack, caseId, texts),
    measureDeletion: (caseId, deletion) => pool.run(draftMeasureDeletion, caseId, deletion),
    undoDeletion: (caseId, deletion) => pool.run(draftUndoDeletion, caseId, deletion),
  }
}
