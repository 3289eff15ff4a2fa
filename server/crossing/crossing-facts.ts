// What a file that crosses needs beside the log: the file that its owner names, and its copy under the target's key. Nothing is looked at for
// whoever does not see the room, and nothing is copied before the rule would let it pass.
import type { CopyFile } from '#server/files/copy-file.ts'
import type { FileReader } from '#server/files/file-reader.ts'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { copiedFileFact, fileToAllowFact } from '#shared/crossing/crossing-facts.ts'
import { permissionDeliver, permissionGive } from '#shared/crossing/crossing-protocol.ts'
import { permissionToDeliver } from '#shared/crossing/decide-deliver.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { safeParse } from '#shared/protocol/parse.ts'

interface Files {
  readonly copyFile: CopyFile
  readonly ownFile: FileReader['ownFile']
}

export function crossingFacts({ copyFile, ownFile }: Files): readonly FactProvider[] {
  return [
    provideFact(fileToAllowFact, async ({ caseId, actor, input, view }) => {
      const { audience, what } = safeParse(permissionGive.input, input)
      if (what.kind !== 'file' || actor.kind !== 'person' || !view.has(audience)) return undefined
      return ownFile({ caseId, participantId: actor.id }, audience, what.fileId)
    }),
    provideFact(copiedFileFact, async ({ caseId, actor, commandId, input, view, now }) => {
      const asked = safeParse(permissionDeliver.input, input)
      const permission = actor.kind === 'person' ? permissionToDeliver(view, asked, { actor, now }) : undefined
      if (actor.kind !== 'person' || !permission || 'decided' in permission || permission.kind !== 'file') return undefined
      const { file: facts, to } = permission
      const of = { caseId, audience: asked.audience, fileId: facts.fileId }
      try {
        const file = await copyFile({ of, facts, to, step: { by: actor.id, commandId } })
        return file && { copied: true as const, file }
      } catch (cause) {
        if (!(cause instanceof AppError)) throw cause
        return { copied: false as const, problem: cause.problem }
      }
    }),
  ]
}
