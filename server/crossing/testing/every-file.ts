// In worlds without HTTP: whoever allows a file has posted it, as `everyUpload` has it, and every copy is made.
import { everyUploadOf } from '#server/files/testing/uploaded.ts'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { copiedFileFact, fileToAllowFact } from '#shared/crossing/crossing-facts.ts'
import { permissionDeliver, permissionGive } from '#shared/crossing/crossing-protocol.ts'
import { permissionToDeliver } from '#shared/crossing/decide-deliver.ts'
import { asId, type FileId } from '#shared/kernel/ids.ts'
import { safeParse } from '#shared/protocol/parse.ts'

export const everyFile: readonly FactProvider[] = [
  provideFact(fileToAllowFact, async ({ input }) => {
    const { what } = safeParse(permissionGive.input, input)
    return what.kind === 'file' ? everyUploadOf(what.fileId) : undefined
  }),
  provideFact(copiedFileFact, async ({ actor, commandId, input, view, now }) => {
    if (actor.kind !== 'person') return undefined
    const permission = permissionToDeliver(view, safeParse(permissionDeliver.input, input), { actor, now })
    if ('decided' in permission || permission.kind !== 'file') return undefined
    return { copied: true as const, file: { ...permission.file, fileId: asId<FileId>(commandId) } }
  }),
]
