// The bundle that everybody receives: for one signers' chain and its stored files there is exactly one, whichever server makes it.
import { utf8 } from '#shared/kernel/bytes.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import {
  chainJson,
  determinedParts,
  manifestJson,
  PART,
  type RELEASED_PARTS,
  sealingCertificateName,
  sealingKeys,
} from '#shared/signing/bundle/parts.ts'
import { toPem } from '#shared/signing/bundle/pem.ts'
import { readChain } from '#shared/signing/bundle/read-chain.ts'
import { writeZip, type ZipFile } from '#shared/signing/bundle/stored-zip.ts'
import { type Digest, digestOf } from '#shared/signing/named-digest.ts'
import type { PaperWords } from '#shared/signing/sealed-records.ts'
import { expectedNames } from '#shared/signing/verify-bundle.ts'
import type { ClosedChain } from './closed-chain.ts'
import { bundleReadme } from './readme.ts'

/** What the parts that the release names are made of. */
export interface ReleasedFiles {
  /** The PDF that was signed. */
  readonly pdf: Uint8Array
  /** The canonical text. */
  readonly text: string
  readonly completionPdf: Uint8Array
  readonly paperWords: PaperWords
}

/** For the release record's `parts`. */
export async function releasedParts(crypto: Digester, files: ReleasedFiles): Promise<Record<(typeof RELEASED_PARTS)[number], Digest>> {
  const digests: Partial<Record<(typeof RELEASED_PARTS)[number], Digest>> = {}
  for (const { name, bytes } of releasedFiles(files)) digests[name] = await digestOf(crypto, bytes)
  return digests as Record<(typeof RELEASED_PARTS)[number], Digest> // releasedFiles gives each of them
}

interface BundleContent {
  readonly closed: ClosedChain
  readonly files: ReleasedFiles
  readonly authorityDer: Uint8Array
  readonly sealingCertificates: readonly Uint8Array[]
}

/**
 * Throws on a chain that is broken or not whole, and on a sealing certificate that is missing: what was released must be sound.
 * `sealingCertificates`: DER of every sealing key that this installation has ever used, in any order.
 */
export async function makeBundle(
  crypto: Digester,
  { closed, files, authorityDer, sealingCertificates }: BundleContent,
): Promise<Uint8Array<ArrayBuffer>> {
  const chainBytes = utf8(chainJson(closed))
  const read = await readChain(crypto, chainBytes)
  if ('problem' in read) throw new TypeError(`the signers' chain: ${read.problem}`)
  const { chain, caseId } = read
  const parts = new Map<string, Uint8Array>()
  const put = ({ name, bytes }: ZipFile) => parts.set(name, bytes)
  for (const file of releasedFiles(files)) put(file)
  for (const part of await determinedParts(crypto, { chain, caseId, authorityDer })) put(part)
  put({ name: PART.authority, bytes: utf8(toPem('CERTIFICATE', authorityDer)) })
  for (const part of await sealingParts(crypto, sealingKeys(chain), sealingCertificates)) put(part)
  put({ name: PART.chain, bytes: chainBytes })
  const ordered = expectedNames(read).flatMap((name) => {
    const bytes = parts.get(name)
    return bytes ? [{ name, bytes }] : []
  })
  const manifest = utf8(await manifestJson(crypto, { caseId, chain, files: ordered }))
  return writeZip([...ordered, { name: PART.manifest, bytes: manifest }])
}

async function sealingParts(crypto: Digester, keys: readonly Digest[], certificates: readonly Uint8Array[]): Promise<ZipFile[]> {
  const byDigest = new Map<Digest, Uint8Array>()
  for (const certificate of certificates) byDigest.set(await digestOf(crypto, certificate), certificate)
  return keys.map((key, i) => {
    const certificate = byDigest.get(key)
    if (!certificate) throw new TypeError('the certificate of a sealing key is missing')
    return { name: sealingCertificateName(i), bytes: utf8(toPem('CERTIFICATE', certificate)) }
  })
}

function releasedFiles({ pdf, text, completionPdf, paperWords }: ReleasedFiles) {
  return [
    { name: PART.readme, bytes: utf8(bundleReadme(paperWords)) },
    { name: PART.pdf, bytes: pdf },
    { name: PART.text, bytes: utf8(text) },
    { name: PART.completionPdf, bytes: completionPdf },
  ] as const
}
