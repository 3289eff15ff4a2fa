// The released bundle from what is stored, checked against what was released: the whole of it, for a thread that has no storage.
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { completionOf } from '#shared/signing/bundle/completion.ts'
import { chainJson } from '#shared/signing/bundle/parts.ts'
import { readChain } from '#shared/signing/bundle/read-chain.ts'
import { paperWordsOf } from '#shared/signing/sealed-records.ts'
import { completionPdf } from '../pdf/completion-pdf.ts'
import { closedChain } from './closed-chain.ts'
import { makeBundle, releasedParts } from './make-bundle.ts'

export interface BundleSource {
  /** The signers' chain, whole. */
  readonly events: readonly WireEvent[]
  readonly pdf: Uint8Array
  readonly text: string
  readonly authorityDer: Uint8Array
  /** DER of every sealing key that this installation has used. */
  readonly sealingCertificates: readonly Uint8Array[]
}

export async function buildBundle(crypto: Digester, source: BundleSource): Promise<Uint8Array> {
  const { events, pdf, text, authorityDer, sealingCertificates } = source
  const closed = closedChain(events)
  const read = await readChain(crypto, utf8(chainJson(closed)))
  if ('problem' in read) throw new Error(`the signers' chain: ${read.problem}`)
  const { caseId, chain } = read
  const { frozen, signatures, release } = chain
  const completion = await completionOf(crypto, { caseId, frozen, signatures, release, authorityDer })
  const paperWords = paperWordsOf(release)
  const files = { pdf, text, completionPdf: await completionPdf(completion, paperWords), paperWords }
  for (const [name, digest] of Object.entries(await releasedParts(crypto, files))) {
    if (release.parts[name] !== digest) throw new Error(`${name} is not the part that was released`)
  }
  return makeBundle(crypto, { closed, files, authorityDer, sealingCertificates })
}
