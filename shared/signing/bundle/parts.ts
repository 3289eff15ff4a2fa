// What a bundle holds: names, order, and those files that follow from the signers' chain, so that maker and verifier make them alike.
import { base64url, fromBase64, fromBase64url, utf8 } from '#shared/kernel/bytes.ts'
import type { Digester } from '#shared/kernel/digest.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { DIGEST_ALGORITHM, type Digest, digestOf, hexOf } from '../named-digest.ts'
import type { ClosingRecord, FrozenRecord, ReleaseRecord, SignatureRecord } from '../sealed-records.ts'
import { VERIFIERS } from '../verifiers.ts'
import { formatText } from './bundle-format.ts'
import { completionJson, completionOf } from './completion.ts'
import { toPem } from './pem.ts'
import type { ZipFile } from './stored-zip.ts'

export const PART = {
  readme: 'README.txt',
  pdf: 'agreement.pdf',
  text: 'agreement.txt',
  completionPdf: 'certificate-of-completion.pdf',
  completion: 'completion.json',
  chain: 'chain.json',
  authority: 'certificates/authority.pem',
  manifest: 'manifest.json',
} as const

/** Parts that the chain does not determine; the release record holds their digests. */
export const RELEASED_PARTS = [PART.readme, PART.pdf, PART.text, PART.completionPdf] as const

/** The sealed records of one signers' chain, in order. */
export interface SignedChain {
  readonly frozen: FrozenRecord
  readonly signatures: readonly SignatureRecord[]
  readonly release: ReleaseRecord
  /** None in the first bundle format. */
  readonly closing: ClosingRecord | undefined
}

export function signatureName(frozen: FrozenRecord, signature: SignatureRecord, index: number): string {
  const role = frozen.signers.find(({ participantId }) => participantId === signature.participantId)?.role ?? 'unknown'
  return `signatures/${index + 1}-${role}.${VERIFIERS[signature.scheme].fileEnding}`
}

export function signerCertificateName(index: number): string {
  return `certificates/signer-${index + 1}.pem`
}

export function sealingCertificateName(index: number): string {
  return `certificates/sealing-${index + 1}.pem`
}

/** Digests of the sealing keys in the order in which the chain first names them. */
export function sealingKeys(chain: SignedChain): Digest[] {
  return [...new Set(recordsOf(chain).map((record) => record.seal.key))]
}

/** Every sealed record of a chain, in order. */
export function recordsOf({ frozen, signatures, release, closing }: SignedChain) {
  return [frozen, ...signatures, release, ...(closing ? [closing] : [])]
}

/** The files that follow from the chain alone: signatures, the signers' certificates and completion.json. */
export async function determinedParts(
  crypto: Digester,
  { chain, caseId, authorityDer }: { chain: SignedChain; caseId: string; authorityDer: Uint8Array },
): Promise<ZipFile[]> {
  const { frozen, signatures, release } = chain
  const completion = await completionOf(crypto, { caseId, frozen, signatures, release, authorityDer })
  return [
    { name: PART.completion, bytes: utf8(completionJson(completion, release.bundleFormat)) },
    ...signatures.map((signature, i) => ({ name: signatureName(frozen, signature, i), bytes: fromBase64(signature.signature) })),
    ...signatures.map((signature, i) => ({ name: signerCertificateName(i), bytes: utf8(toPem('CERTIFICATE', certificateOf(signature))) })),
  ]
}

/** chain.json: the events as they were sent, one field order, one layout; since the second format with the record that closes them. */
export function chainJson({ events, closing }: { events: readonly WireEvent[]; closing: ClosingRecord | undefined }): string {
  const ordered = events.map(inFieldOrder)
  const content = closing
    ? { format: formatText('bitim-chain', 2), digests: DIGEST_ALGORITHM, events: ordered, closing: closingInFieldOrder(closing) }
    : { format: formatText('bitim-chain', 1), events: ordered }
  return `${JSON.stringify(content, null, 1)}\n`
}

/** True when digests and salts are written in the one way that base64url has for their bytes. */
export function isPlainlyWritten(event: WireEvent): boolean {
  return [event.salt, event.bodyDigest, event.previous, event.hash].every((field) => base64url(fromBase64url(field)) === field)
}

/** manifest.json: names, sizes and digests of all other parts, for people with nothing but a checksum tool. */
export async function manifestJson(
  crypto: Digester,
  { caseId, chain, files }: { caseId: string; chain: SignedChain; files: readonly ZipFile[] },
): Promise<string> {
  const { bundleFormat } = chain.release
  const { versionId, documentId, textCode } = chain.frozen
  const names = { caseId, ...(documentId && { documentId }), versionId, textCode }
  const parts = []
  for (const { name, bytes } of files) {
    const digest = await digestOf(crypto, bytes)
    parts.push({ name, size: bytes.length, ...(bundleFormat === 1 ? { sha256: hexOf(digest) } : { digest }) })
  }
  return `${JSON.stringify({ format: formatText('bitim-bundle', bundleFormat), ...names, parts }, null, 2)}\n`
}

function certificateOf({ scheme, signature }: SignatureRecord): Uint8Array {
  return VERIFIERS[scheme].certificateOf(fromBase64(signature))
}

function inFieldOrder(event: WireEvent): object {
  const { caseId, audience, epoch, seq, type, version, by, at, seen, body, salt, bodyDigest, previous, hash } = event
  return { caseId, audience, epoch, m: seq, type, version, by, at, seen, body, salt, bodyDigest, previous, hash }
}

function closingInFieldOrder({ record, versionId, head, evidence, seal }: ClosingRecord): ClosingRecord {
  return {
    record,
    versionId,
    head: { m: head.m, digest: head.digest },
    evidence: evidence.map(({ name, digest }) => ({ name, digest })),
    seal: { scheme: seal.scheme, at: seal.at, key: seal.key, value: seal.value },
  }
}
