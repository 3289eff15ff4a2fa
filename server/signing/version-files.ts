// A version's stored text and PDF, read as freezing stored them and believed only if they are the bytes that the frozen version names.
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { fromUtf8, hex } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { CaseId, FileId, VersionId } from '#shared/kernel/ids.ts'

/** The plain bytes; undefined when there are none. Given by drafting, which stored them. */
export type ReadVersionFile = (of: { caseId: CaseId; versionId: VersionId; fileId: FileId }) => Promise<Uint8Array | undefined>

type Version = Pick<FrozenVersion, 'versionId' | 'textFileId' | 'textDigest' | 'pdfFileId' | 'pdfDigest'>

export async function readPdf(
  deps: { crypto: Digester; readVersionFile: ReadVersionFile },
  caseId: CaseId,
  version: Version,
): Promise<Uint8Array> {
  const { versionId, pdfFileId: fileId, pdfDigest } = version
  return checked(deps.crypto, await deps.readVersionFile({ caseId, versionId, fileId }), pdfDigest)
}

export async function readText(
  deps: { crypto: Digester; readVersionFile: ReadVersionFile },
  caseId: CaseId,
  version: Version,
): Promise<string> {
  const { versionId, textFileId: fileId, textDigest } = version
  return fromUtf8(await checked(deps.crypto, await deps.readVersionFile({ caseId, versionId, fileId }), textDigest))
}

async function checked(crypto: Digester, bytes: Uint8Array | undefined, digest: string): Promise<Uint8Array> {
  if (!bytes) throw new Error('a file of a frozen version is missing')
  if (hex(await sha256(crypto, bytes)) !== digest) throw new Error('a file of a frozen version is not the one that was frozen')
  return bytes
}
