// The thread's part of the workshop: opens texts that others wrote, one at a time.
import { type Performer, performs } from '#server/workers/task.ts'
import { draftCompact, draftRead, draftStart, draftTryEdit } from './workshop.ts'
import { compactDraft, readDraft, startDraft, tryEdit } from './workshop-tasks.ts'

export const draftTasks: readonly Performer[] = [
  performs(draftStart, startDraft),
  performs(draftCompact, compactDraft),
  performs(draftTryEdit, tryEdit),
  performs(draftRead, readDraft),
]
