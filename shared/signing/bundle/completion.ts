// The facts of the certificate of completion: from the sealed records alone, so that everybody makes the same ones.
// No network addresses, no devices, nothing of the talk.
import { fromBase64 } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { spokenFingerprint } from '#shared/signing/spoken-fingerprint.ts'
import { readCertificate } from '../cms/certificate.ts'
import { readCms } from '../cms/read-cms.ts'
import type { FrozenRecord, IdentityLevel, SignatureRecord, Signer, SigningMethod } from '../sealed-records.ts'

/** Every time is printed with it. Kazakhstan has kept one time zone since 1 March 2024. */
export const TIME_ZONE = { name: 'Asia/Almaty', label: 'UTC+5', offsetMinutes: 300 } as const

export interface CompletionSigner extends Pick<Signer, 'participantId' | 'name' | 'role' | 'side'> {
  readonly signedAt: string
  readonly method: SigningMethod
  readonly identityLevel: IdentityLevel
  readonly certificateSerial: string
  readonly certificateDigest: string
  readonly signatureDigest: string
}

export interface Completion {
  readonly format: 'bitim-completion/1'
  readonly caseId: string
  readonly caseNumber?: string | undefined
  readonly versionId: string
  readonly language: Locale
  readonly languages: readonly Locale[]
  readonly textCode: string
  readonly textDigest: string
  readonly pdfDigest: string
  readonly frozenAt: string
  readonly releasedAt: string
  readonly authority: { readonly sha256: string; readonly digits: string }
  readonly signers: readonly CompletionSigner[]
}

export interface CompletionSource {
  readonly caseId: string
  readonly frozen: FrozenRecord
  /** In the order of the chain. */
  readonly signatures: readonly SignatureRecord[]
  readonly releasedAt: number
  readonly authorityDer: Uint8Array
}

/** Throws on a signature whose person is not among the signers or whose CMS cannot be read: the server checked both when it came. */
export async function completionOf(
  crypto: Digester,
  { caseId, frozen, signatures, releasedAt, authorityDer }: CompletionSource,
): Promise<Completion> {
  const digits = spokenFingerprint(await sha256(crypto, authorityDer))
  return {
    format: 'bitim-completion/1',
    caseId,
    ...(frozen.caseNumber === undefined ? {} : { caseNumber: frozen.caseNumber }),
    versionId: frozen.versionId,
    language: frozen.language,
    languages: frozen.languages,
    textCode: frozen.textCode,
    textDigest: frozen.textDigest,
    pdfDigest: frozen.pdfDigest,
    frozenAt: localTime(frozen.frozenAt),
    releasedAt: localTime(releasedAt),
    authority: { sha256: frozen.authority, digits },
    signers: signatures.map((signature) => completionSigner(frozen, signature)),
  }
}

export function completionJson(completion: Completion): string {
  return `${JSON.stringify(completion, null, 2)}\n`
}

/** `2026-11-22T14:03:22+05:00`: whole seconds with the zone. */
export function localTime(milliseconds: number): string {
  return new Date(Math.floor(milliseconds / 1000) * 1000 + TIME_ZONE.offsetMinutes * 60_000).toISOString().replace('.000Z', '+05:00')
}

function completionSigner(frozen: FrozenRecord, signature: SignatureRecord): CompletionSigner {
  const signer = frozen.signers.find(({ participantId }) => participantId === signature.participantId)
  const cms = readCms(fromBase64(signature.cms))
  if (!signer || typeof cms === 'string') throw new TypeError('a signature that is none of this version')
  return {
    participantId: signer.participantId,
    name: signer.name,
    role: signer.role,
    ...(signer.side === undefined ? {} : { side: signer.side }),
    signedAt: localTime(signature.signedAt),
    method: signature.method,
    identityLevel: signature.identityLevel,
    certificateSerial: readCertificate(cms.certificateDer).serialNumber,
    certificateDigest: signature.certificateDigest,
    signatureDigest: signature.signatureDigest,
  }
}
