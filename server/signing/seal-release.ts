// The release: every part of the bundle that does not follow from the chain, by digest, under the installation's seal.
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { LATEST_BUNDLE_FORMAT } from '#shared/signing/bundle/bundle-format.ts'
import { type SealingKey, seal } from '#shared/signing/seal.ts'
import {
  type AccessLine,
  type ConfirmationLine,
  type Correction,
  type FrozenRecord,
  LATEST_PAPER_WORDS,
  MAX_CORRECTIONS,
  paperWordsOf,
  type ReleaseRecord,
  type SignatureRecord,
} from '#shared/signing/sealed-records.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import { type ReleasedFiles, releasedParts } from './bundle/make-bundle.ts'
import type { Printing } from './printing.ts'
import { type OpenVersionFile, readPdf, readText } from './version-files.ts'

interface ReleaseFileDeps {
  readonly crypto: Verifier
  readonly authority: { readonly certificateDer: Uint8Array }
  readonly openVersionFile: OpenVersionFile
  readonly printing: Pick<Printing, 'completion'>
}

interface Released {
  readonly caseId: CaseId
  readonly frozen: FrozenRecord
  readonly signatures: readonly SignatureRecord[]
  readonly release: Pick<ReleaseRecord, 'releasedAt' | 'corrections' | 'access' | 'confirmed' | 'paperWords'>
  readonly version: FrozenVersion
}

/** The same bytes whenever and wherever they are made. */
async function releasedFiles(deps: ReleaseFileDeps, { caseId, frozen, signatures, release, version }: Released): Promise<ReleasedFiles> {
  const { certificateDer: authorityDer } = deps.authority
  const [pdf, text, completionPdf] = await Promise.all([
    readPdf(deps, caseId, version),
    readText(deps, caseId, version),
    deps.printing.completion(caseId, { caseId, frozen, signatures, release, authorityDer }),
  ])
  return { pdf, text, completionPdf, paperWords: paperWordsOf(release) }
}

export async function sealRelease(
  deps: ReleaseFileDeps & { readonly sealingKey: SealingKey },
  {
    now,
    corrections,
    access,
    confirmed,
    ...asked
  }: Omit<Released, 'release'> & {
    readonly now: number
    readonly corrections: readonly Correction[]
    readonly access: readonly AccessLine[]
    readonly confirmed: readonly ConfirmationLine[]
  },
): Promise<ReleaseRecord> {
  const { caseId, frozen, signatures } = asked
  // A clock that was set back must not release before the last signature.
  const releasedAt = Math.max(now, ...signatures.map(({ signedAt }) => signedAt))
  const told = {
    ...(corrections.length > 0 && { corrections: corrections.slice(-MAX_CORRECTIONS) }),
    ...(access.length > 0 && { access: [...access] }),
    ...(confirmed.length > 0 && { confirmed: [...confirmed] }),
    paperWords: LATEST_PAPER_WORDS,
  } as const
  const payload: Omit<ReleaseRecord, 'seal'> = {
    record: 'release',
    bundleFormat: LATEST_BUNDLE_FORMAT,
    versionId: frozen.versionId,
    releasedAt,
    signatureDigests: signatures.map(({ signatureDigest }) => signatureDigest),
    parts: await releasedParts(deps.crypto, await releasedFiles(deps, { ...asked, release: { releasedAt, ...told } })),
    ...told,
  }
  return { ...payload, seal: await seal(deps.crypto, deps.sealingKey, { caseId, kind: 'release', payload, at: releasedAt }) }
}
