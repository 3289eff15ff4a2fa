// What a post has to know of its upload: whose it is, and what was found when it was looked through.
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { uploadedFileFact } from '#shared/files/decide-post-file.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import type { Uploads } from './uploads.ts'

export function fileFacts(uploads: Pick<Uploads, 'complete'>): readonly FactProvider[] {
  return [
    provideFact(uploadedFileFact, async ({ caseId, actor, input, view }) => {
      const { audience, fileId } = safeParse(filePost.input, input)
      // Asked before the decision: for whoever does not see the room nothing is looked through.
      if (actor.kind !== 'person' || !view.has(audience)) return undefined
      try {
        return { ready: true as const, ...(await uploads.complete({ caseId, participantId: actor.id }, fileId)) }
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause
        return cause.problem.kind === 'not-found' ? undefined : { ready: false as const, problem: cause.problem }
      }
    }),
  ]
}
