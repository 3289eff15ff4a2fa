// The files of a frozen version: its canonical text, its PDF, its copy for signing by hand. Their ids follow from the version's, so that
// freezing it again, on any server, meets the same files.
import { idFrom } from '#server/kernel/digest.ts'
import type { FileStore } from '#server/storage/ports.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import type { AudienceCiphers } from './document-cipher.ts'

export interface VersionFileDeps {
  readonly files: Pick<FileStore, 'put' | 'get'>
  readonly ciphers: AudienceCiphers
}

export function versionFileId(versionId: VersionId, part: 'text' | 'pdf' | 'paper'): FileId {
  return asId<FileId>(idFrom(`version-file|${versionId}|${part}`))
}

/** Opens a file of a frozen version. Whether the asker may have it is the caller's to decide. */
export async function readVersionFile(deps: VersionFileDeps, caseId: CaseId, id: FileId): Promise<Uint8Array | undefined> {
  const encrypted = await deps.files.get(id)
  return encrypted && (await deps.ciphers(caseId, 'all')).decrypt(fileContext(caseId, id), encrypted)
}

/** Harmless to repeat. Throws when other bytes rest under this id: then two servers made two texts of one version. */
export async function keepVersionFile(deps: VersionFileDeps, caseId: CaseId, id: FileId, bytes: Uint8Array): Promise<void> {
  if (await isKept(deps, caseId, id, bytes)) return
  const encrypted = (await deps.ciphers(caseId, 'all')).encrypt(fileContext(caseId, id), bytes)
  try {
    await deps.files.put(id, encrypted)
  } catch (cause) {
    // Another server was faster: each encrypts with its own nonce, so the store saw other bytes.
    if (!(await isKept(deps, caseId, id, bytes))) throw cause
  }
}

async function isKept(deps: VersionFileDeps, caseId: CaseId, id: FileId, bytes: Uint8Array): Promise<boolean> {
  const kept = await readVersionFile(deps, caseId, id)
  if (kept && !equalBytes(kept, bytes)) throw new Error('another text rests under this version')
  return kept !== undefined
}

export function fileContext(caseId: CaseId, id: FileId): string {
  return `version-file|${caseId}|${id}`
}
