// The thread's part of the workshop: opens texts that others wrote, one at a time.
import { type Performer, performs } from '#server/workers/task.ts'
import { beginFrom, bringBack } from './restoring-tasks.ts'
import {
  draftBegin,
  draftBeginFrom,
  draftBringBack,
  draftCanonical,
  draftCompact,
  draftConvert,
  draftRead,
  draftStart,
  draftTryEdit,
} from './workshop.ts'
import { canonicalDraft, compactDraft, convertDraft, readDraft, startDraft, tryEdit } from './workshop-tasks.ts'

export const draftTasks: readonly Performer[] = [
  performs(draftStart, startDraft),
  performs(draftCompact, compactDraft),
  performs(draftBegin, compactDraft),
  performs(draftTryEdit, tryEdit),
  performs(draftCanonical, canonicalDraft),
  performs(draftConvert, convertDraft),
  performs(draftRead, readDraft),
  performs(draftBeginFrom, beginFrom),
  performs(draftBringBack, bringBack),
]
