// The thread's part of the workshop: opens texts that others wrote, one at a time.
import { type Performer, performs } from '#server/workers/task.ts'
import { draftBegin, draftCanonical, draftCompact, draftConvert, draftStart, draftTryEdit } from './workshop.ts'
import { canonicalDraft, compactDraft, convertDraft, startDraft, tryEdit } from './workshop-tasks.ts'

export const draftTasks: readonly Performer[] = [
  performs(draftStart, startDraft),
  performs(draftCompact, compactDraft),
  performs(draftBegin, compactDraft),
  performs(draftTryEdit, tryEdit),
  performs(draftCanonical, canonicalDraft),
  performs(draftConvert, convertDraft),
]
