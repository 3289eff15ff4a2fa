// A store of drafts that tells how far each draft has come.
import type { DraftStore } from '#server/storage/ports.ts'
import type { Changes } from './changes.ts'

export function watchDrafts(drafts: DraftStore, changes: Pick<Changes, 'noteDraft'>): DraftStore {
  return {
    ...drafts,
    async append(entries) {
      const answers = await drafts.append(entries)
      for (const [at, { caseId, u }] of entries.entries()) if (answers[at] === 'stored') changes.noteDraft(caseId, { u })
      return answers
    },
  }
}
