// A version's stored text and PDF, opened as freezing stored them and believed only if they are the bytes that the frozen version names.
import { type OpenFile, wholeBytes } from '#server/storage/encrypted-files.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import type { CaseId, FileId, VersionId } from '#shared/kernel/ids.ts'

/** Undefined when there is none. Given by drafting, which stored them. */
export type OpenVersionFile = (of: { caseId: CaseId; versionId: VersionId; fileId: FileId }) => Promise<OpenFile | undefined>

type Version = Pick<FrozenVersion, 'versionId' | 'textFileId' | 'textDigest' | 'pdfFileId' | 'pdfDigest'>

interface Deps {
  readonly openVersionFile: OpenVersionFile
}

export async function openPdf(deps: Deps, caseId: CaseId, { versionId, pdfFileId: fileId, pdfDigest }: Version): Promise<OpenFile> {
  return checked(await deps.openVersionFile({ caseId, versionId, fileId }), pdfDigest)
}

export async function openText(deps: Deps, caseId: CaseId, { versionId, textFileId: fileId, textDigest }: Version): Promise<OpenFile> {
  return checked(await deps.openVersionFile({ caseId, versionId, fileId }), textDigest)
}

export async function readPdf(deps: Deps, caseId: CaseId, version: Version): Promise<Uint8Array> {
  return wholeBytes(await openPdf(deps, caseId, version))
}

export async function readText(deps: Deps, caseId: CaseId, version: Version): Promise<string> {
  return fromUtf8(await wholeBytes(await openText(deps, caseId, version)))
}

/** The digest that a file is opened with is held against its bytes while they are read. */
function checked(opened: OpenFile | undefined, digest: string): OpenFile {
  if (!opened) throw new Error('a file of a frozen version is missing')
  if (hex(opened.digest) !== digest) throw new Error('a file of a frozen version is not the one that was frozen')
  return opened
}
