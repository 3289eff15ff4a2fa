// The released bundle: made from the signers' chain by whichever server comes first, then stored, so that everybody gets the same bytes for good.
import type { CaseLog } from '#server/log/case-log.ts'
import type { OpenFile } from '#server/storage/encrypted-files.ts'
import { SingleFlight } from '#server/workers/single-flight.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { signersAudience } from '#shared/kernel/audience.ts'
import type { CaseId, FileId } from '#shared/kernel/ids.ts'
import type { CloseChain } from './close-chain.ts'
import type { Printing } from './printing.ts'
import type { SignersFiles } from './signers-files.ts'
import { type OpenVersionFile, readPdf, readText } from './version-files.ts'

interface BundleDeps {
  readonly log: Pick<CaseLog, 'readWhole'>
  /** Seals the released chain as a whole, unless that is done; a bundle is made of a closed chain. */
  readonly closeChain: CloseChain
  readonly files: Pick<SignersFiles, 'open' | 'put'>
  readonly openVersionFile: OpenVersionFile
  readonly printing: Pick<Printing, 'bundle'>
  readonly authority: { readonly certificateDer: Uint8Array }
  /** DER of every sealing key that this installation has used. */
  readonly sealingCertificates: readonly Uint8Array[]
}

export type GetBundle = (caseId: CaseId, version: FrozenVersion, bundleFileId: FileId) => Promise<OpenFile>

export function makeBundles(deps: BundleDeps): GetBundle {
  const flights = new SingleFlight<void>()
  return async (caseId, version, bundleFileId) => {
    const place = { caseId, versionId: version.versionId }
    const stored = await deps.files.open(place, bundleFileId)
    if (stored) return stored
    await flights.run(`${caseId} ${bundleFileId}`, async () => deps.files.put(place, bundleFileId, await build(deps, caseId, version)))
    const made = await deps.files.open(place, bundleFileId)
    if (!made) throw new Error('a bundle that was just stored is missing')
    return made
  }
}

async function build(deps: BundleDeps, caseId: CaseId, version: FrozenVersion): Promise<Uint8Array> {
  await deps.closeChain(caseId, version.versionId)
  const [events, pdf, text] = await Promise.all([
    deps.log.readWhole(caseId, signersAudience(version.versionId)),
    readPdf(deps, caseId, version),
    readText(deps, caseId, version),
  ])
  const { authority, sealingCertificates } = deps
  return deps.printing.bundle(caseId, { events, pdf, text, authorityDer: authority.certificateDer, sealingCertificates })
}
