// A store of drafts that tells how far each document has come.
import type { DraftStore } from '#server/storage/ports.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Changes } from './changes.ts'

export function watchDrafts(drafts: DraftStore, changes: Pick<Changes, 'noteDocument'>): DraftStore {
  return {
    ...drafts,
    async append(entries) {
      const answers = await drafts.append(entries)
      for (const [at, { caseId, documentId, revision, hash }] of entries.entries()) {
        if (answers[at] === 'stored') changes.noteDocument({ caseId, documentId, revision, hash: hash && base64url(hash) })
      }
      return answers
    },
  }
}
