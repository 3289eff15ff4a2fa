// What a bundle holds: names, order, and those files that follow from the signers' chain, so that maker and verifier make them alike.
import { base64url, fromBase64, fromBase64url, hex, utf8 } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { readCms } from '../cms/read-cms.ts'
import type { FrozenRecord, ReleaseRecord, SignatureRecord } from '../sealed-records.ts'
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

/** The three sealed records of one signers' chain, in order. */
export interface SignedChain {
  readonly frozen: FrozenRecord
  readonly signatures: readonly SignatureRecord[]
  readonly release: ReleaseRecord
}

export function signatureName(frozen: FrozenRecord, signature: SignatureRecord, index: number): string {
  const role = frozen.signers.find(({ participantId }) => participantId === signature.participantId)?.role ?? 'unknown'
  return `signatures/${index + 1}-${role}.p7s`
}

export function signerCertificateName(index: number): string {
  return `certificates/signer-${index + 1}.pem`
}

export function sealingCertificateName(index: number): string {
  return `certificates/sealing-${index + 1}.pem`
}

/** Digests of the sealing keys in the order in which the chain first names them. */
export function sealingKeys({ frozen, signatures, release }: SignedChain): string[] {
  return [...new Set([frozen.seal.key, ...signatures.map((signature) => signature.seal.key), release.seal.key])]
}

/** The files that follow from the chain alone: signatures, the signers' certificates and completion.json. */
export async function determinedParts(
  crypto: Digester,
  { chain, caseId, authorityDer }: { chain: SignedChain; caseId: string; authorityDer: Uint8Array },
): Promise<ZipFile[]> {
  const { frozen, signatures, release } = chain
  const completion = await completionOf(crypto, { caseId, frozen, signatures, releasedAt: release.releasedAt, authorityDer })
  return [
    { name: PART.completion, bytes: utf8(completionJson(completion)) },
    ...signatures.map((signature, i) => ({ name: signatureName(frozen, signature, i), bytes: fromBase64(signature.cms) })),
    ...signatures.map((signature, i) => ({ name: signerCertificateName(i), bytes: utf8(toPem('CERTIFICATE', certificateOf(signature))) })),
  ]
}

/** chain.json: the events as they were sent, one field order, one layout. */
export function chainJson(events: readonly WireEvent[]): string {
  return `${JSON.stringify({ format: 'bitim-chain/1', events: events.map(inFieldOrder) }, null, 1)}\n`
}

/** True when digests and salts are written in the one way that base64url has for their bytes. */
export function isPlainlyWritten(event: WireEvent): boolean {
  return [event.salt, event.bodyDigest, event.previous, event.hash].every((field) => base64url(fromBase64url(field)) === field)
}

/** manifest.json: names, sizes and SHA-256 of all other parts, for people with nothing but a checksum tool. */
export async function manifestJson(
  crypto: Digester,
  { caseId, frozen, files }: { caseId: string; frozen: FrozenRecord; files: readonly ZipFile[] },
): Promise<string> {
  const parts = []
  for (const { name, bytes } of files) parts.push({ name, size: bytes.length, sha256: hex(await sha256(crypto, bytes)) })
  return `${JSON.stringify({ format: 'bitim-bundle/1', caseId, versionId: frozen.versionId, textCode: frozen.textCode, parts }, null, 2)}\n`
}

function certificateOf(signature: SignatureRecord): Uint8Array {
  const cms = readCms(fromBase64(signature.cms))
  if (typeof cms === 'string') throw new TypeError(`a signature that cannot be read: ${cms}`)
  return cms.certificateDer
}

function inFieldOrder(event: WireEvent): WireEvent {
  const { caseId, audience, epoch, m, type, version, by, at, seen, body, salt, bodyDigest, previous, hash } = event
  return { caseId, audience, epoch, m, type, version, by, at, seen, body, salt, bodyDigest, previous, hash }
}
