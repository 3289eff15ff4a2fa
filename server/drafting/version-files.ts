// The files of a frozen version: its canonical text, its PDF, its copy for signing by hand. Their ids follow from the version's, so that
// freezing it again, on any server, meets the same files.
import { idFrom } from '#server/kernel/digest.ts'
import type { EncryptedFiles, FilePlace, OpenFile } from '#server/storage/encrypted-files.ts'
import { asId, type CaseId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import type { AudienceCiphers } from './document-cipher.ts'

export interface VersionFileDeps {
  readonly files: Pick<EncryptedFiles, 'open' | 'keep'>
  readonly ciphers: AudienceCiphers
}

export function versionFileId(versionId: VersionId, part: 'text' | 'pdf' | 'paper'): FileId {
  return asId<FileId>(idFrom(`version-file|${versionId}|${part}`))
}

/** Opens a file of a frozen version. Whether the asker may have it is the caller's to decide. */
export async function openVersionFile(deps: VersionFileDeps, caseId: CaseId, id: FileId): Promise<OpenFile | undefined> {
  return deps.files.open(await placeOf(deps, caseId, id))
}

/** Harmless to repeat. Throws when other bytes rest under this id: then two servers made two texts of one version. */
export async function keepVersionFile(deps: VersionFileDeps, caseId: CaseId, id: FileId, bytes: Uint8Array): Promise<void> {
  await deps.files.keep(await placeOf(deps, caseId, id), bytes)
}

export function fileContext(caseId: CaseId, id: FileId): string {
  return `version-file|${caseId}|${id}`
}

async function placeOf({ ciphers }: Pick<VersionFileDeps, 'ciphers'>, caseId: CaseId, id: FileId): Promise<FilePlace> {
  return { id, context: fileContext(caseId, id), key: await ciphers(caseId, 'all') }
}
