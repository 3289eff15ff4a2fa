// Whatever somebody brings to be verified: a joint record, or else an agreement.
import { intoFolders } from '#shared/signing/bundle/own-files.ts'
import { readArchive, readFolder } from '#shared/signing/bundle/read-archive.ts'
import type { BundleReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import type { ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { verifyReadBundle } from '#shared/signing/verify-bundle.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import { holdsRecord, verifyRecord } from './verify-record.ts'

export type BroughtFile =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'folder'; readonly files: readonly ZipFile[] }

/** Whatever it is, it is answered and never thrown at. */
export async function verifyFile(crypto: Verifier, brought: BroughtFile, root?: TrustedRoot): Promise<BundleReport> {
  const archive = brought.kind === 'file' ? await readArchive(brought.bytes) : readFolder(intoFolders(brought.files))
  if (archive.ok && holdsRecord(archive.files)) return verifyRecord(crypto, archive, root)
  return verifyReadBundle(crypto, archive, { file: brought.kind === 'file' ? brought.bytes : undefined, root })
}
