// The thread's part of the workshop: opens texts that others wrote, one at a time.
import { type Performer, performs } from '#server/workers/task.ts'
import { draftBegin, draftCanonical, draftCompact, draftStart, draftTryEdit } from './workshop.ts'
import { type CanonicalWriter, canonicalDraft, compactDraft, startDraft, tryEdit } from './workshop-tasks.ts'

export function draftTasks(write: CanonicalWriter): readonly Performer[] {
  return [
    performs(draftStart, startDraft),
    performs(draftCompact, compactDraft),
    performs(draftBegin, compactDraft),
    performs(draftTryEdit, tryEdit),
    performs(draftCanonical, (text) => canonicalDraft(text, write)),
  ]
}
