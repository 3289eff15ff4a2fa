// The released bundle: made from the signers' chain by whichever server comes first, then stored, so that everybody gets the same bytes for good.
import type { CaseLog } from '#server/log/case-log.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId, FileId } from '#shared/kernel/ids.ts'
import { chainJson } from '#shared/signing/bundle/parts.ts'
import { readChain } from '#shared/signing/bundle/read-chain.ts'
import { makeBundle, releasedParts } from './bundle/make-bundle.ts'
import { type ReleaseFileDeps, releasedFiles } from './seal-release.ts'
import type { SignersFiles } from './sealed-files.ts'

export interface BundleDeps extends ReleaseFileDeps {
  readonly log: Pick<CaseLog, 'readWhole'>
  readonly files: Pick<SignersFiles, 'get' | 'put'>
  /** DER of every sealing key that this installation has used. */
  readonly sealingCertificates: readonly Uint8Array[]
}

export type GetBundle = (caseId: CaseId, version: FrozenVersion, bundleFileId: FileId) => Promise<Uint8Array>

export function makeBundles(deps: BundleDeps): GetBundle {
  return async (caseId, version, bundleFileId) => {
    const place = { caseId, versionId: version.versionId }
    const stored = await deps.files.get(place, bundleFileId)
    if (stored) return stored
    const bundle = await build(deps, caseId, version)
    await deps.files.put(place, bundleFileId, bundle)
    return bundle
  }
}

async function build(deps: BundleDeps, caseId: CaseId, version: FrozenVersion): Promise<Uint8Array> {
  const { crypto, authority, sealingCertificates } = deps
  const events = await deps.log.readWhole(caseId, signersAudience(version.versionId))
  const read = await readChain(crypto, utf8(chainJson(events)))
  if ('problem' in read) throw new Error(`the signers' chain: ${read.problem}`)
  const { frozen, signatures, release } = read.chain
  const files = await releasedFiles(deps, { caseId, frozen, signatures, releasedAt: release.releasedAt, files: version })
  for (const [name, digest] of Object.entries(await releasedParts(crypto, files))) {
    if (release.parts[name] !== digest) throw new Error(`${name} is not the part that was released`)
  }
  return makeBundle(crypto, { events, files, authorityDer: authority.certificateDer, sealingCertificates })
}
