// The only place where the server opens a text: in the worker pool, with bounded memory and time, in turns with other cases, so that a
// text made to hurt (a Yjs bomb) costs its own case one task and nobody else anything.
import { defineTask, type RunsTasks, tasksOf } from '#server/workers/task.ts'
import type { ClosingFacts } from '#shared/drafting/closing/closing-facts.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import type { DeletionToMeasure, DeletionToUndo } from './deletion-tasks.ts'
import type { CanonicalDraft, Compacted, DraftText, FirstBlocks, ReadDraft, TextInLanguage, TriedEdit } from './draft-tasks.ts'
import type { BroughtBack, MadeEdit } from './restoring-tasks.ts'

const SOON = { priority: 'interactive', timeout: 2_000 } as const
const MIDDLING = { priority: 'background', timeout: 15_000 } as const
const LONG = { priority: 'background', timeout: 30_000 } as const

export const draftStart = defineTask<FirstBlocks, Uint8Array>('draft-start', SOON)
export const draftCompact = defineTask<DraftText, Compacted>('draft-compact', LONG)
/** Of words that the server itself wrote. A task of its own, because compacting rests for a while after a text that broke its limits. */
export const draftBegin = defineTask<DraftText, Compacted>('draft-begin', SOON)
export const draftTryEdit = defineTask<DraftText & { readonly edit: Uint8Array }, TriedEdit>('draft-try-edit', SOON)
/** The words that people would sign, or what keeps them from it. */
export const draftCanonical = defineTask<TextInLanguage, CanonicalDraft>('draft-canonical', MIDDLING)
/** What stands in the way of signing them. */
export const draftClosing = defineTask<DraftText & { readonly facts: ClosingFacts }, readonly ClosingFault[]>('draft-closing', MIDDLING)
/** Of a document of the form before, nested elements: the new document with the same words. */
export const draftConvert = defineTask<TextInLanguage, Compacted>('draft-convert', LONG)
/** Of a saved state. */
export const draftRead = defineTask<TextInLanguage, ReadDraft>('draft-read', SOON)
/** Another document with the words of a saved state. */
export const draftBeginFrom = defineTask<DraftText, Compacted>('draft-begin-from', MIDDLING)
/** The edit that turns the text as it is into a saved state. */
export const draftBringBack = defineTask<BroughtBack, MadeEdit>('draft-bring-back', MIDDLING)
/** How many letters one person has taken out of the text. */
export const draftMeasureDeletion = defineTask<DeletionToMeasure, number>('draft-measure-deletion', MIDDLING)
/** The edit that puts them back. */
export const draftUndoDeletion = defineTask<DeletionToUndo, MadeEdit>('draft-undo-deletion', MIDDLING)

/** Each task rejects with a WorkerFailure when it breaks its limits, or when its case has too much under way. */
export type DraftWorker = ReturnType<typeof openDraftWorker>

export function openDraftWorker({ pool }: { pool: RunsTasks }) {
  return tasksOf(pool, {
    start: draftStart,
    compact: draftCompact,
    begin: draftBegin,
    tryEdit: draftTryEdit,
    canonical: draftCanonical,
    closing: draftClosing,
    convert: draftConvert,
    read: draftRead,
    beginFrom: draftBeginFrom,
    bringBack: draftBringBack,
    measureDeletion: draftMeasureDeletion,
    undoDeletion: draftUndoDeletion,
  })
}
