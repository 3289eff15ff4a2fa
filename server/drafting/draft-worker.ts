// What runs in the draft worker's own thread: opens texts that others wrote, one at a time.
import { type Performer, performs } from '#server/workers/task.ts'
import { measureDeletion, undoDeletion } from './deletion-tasks.ts'
import { canonicalDraft, closingCheck, compactDraft, convertDraft, readDraft, startDraft, tryEdit } from './draft-tasks.ts'
import {
  draftBegin,
  draftBeginFrom,
  draftBringBack,
  draftCanonical,
  draftClosing,
  draftCompact,
  draftConvert,
  draftMeasureDeletion,
  draftRead,
  draftStart,
  draftTryEdit,
  draftUndoDeletion,
} from './open-draft-worker.ts'
import { beginFrom, bringBack } from './restoring-tasks.ts'

export const draftTasks: readonly Performer[] = [
  performs(draftStart, startDraft),
  performs(draftCompact, compactDraft),
  performs(draftBegin, compactDraft),
  performs(draftTryEdit, tryEdit),
  performs(draftCanonical, canonicalDraft),
  performs(draftClosing, closingCheck),
  performs(draftConvert, convertDraft),
  performs(draftRead, readDraft),
  performs(draftBeginFrom, beginFrom),
  performs(draftBringBack, bringBack),
  performs(draftMeasureDeletion, measureDeletion),
  performs(draftUndoDeletion, undoDeletion),
]
