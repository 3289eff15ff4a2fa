// The facts of the certificate of completion: from the sealed records alone, so that everybody makes the same ones.
// No network addresses, of devices coarse words alone, nothing of the talk.

import { fromBase64 } from '#shared/kernel/bytes.ts'
import { type Digester, sha256 } from '#shared/kernel/digest.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { localTime } from '#shared/kernel/time-zone.ts'
import type { Signer } from '../chain-fields.ts'
import { readCertificate } from '../cms/certificate.ts'
import { type Digest, hexOf } from '../named-digest.ts'
import type { IdentityLevel, SigningMethod } from '../record-fields.ts'
import type { SignatureScheme } from '../schemes.ts'
import type {
  AccessLine,
  BundleFormat,
  ConfirmationLine,
  Correction,
  FrozenRecord,
  ReleaseRecord,
  SignatureRecord,
} from '../sealed-records.ts'
import { spokenFingerprint } from '../spoken-fingerprint.ts'
import { VERIFIERS } from '../verifiers.ts'
import { formatText } from './bundle-format.ts'

export interface CompletionSigner extends Pick<Signer, 'participantId' | 'name' | 'role' | 'side'> {
  readonly scheme: SignatureScheme
  readonly signedAt: string
  readonly method: SigningMethod
  readonly identityLevel: IdentityLevel
  readonly certificateSerial: string
  readonly certificateDigest: Digest
  readonly signatureDigest: Digest
}

export interface Completion {
  readonly caseId: string
  readonly caseNumber?: string | undefined
  readonly versionId: string
  readonly language: Locale
  readonly languages: readonly Locale[]
  readonly textCode: string
  readonly textDigest: Digest
  readonly pdfDigest: Digest
  readonly frozenAt: string
  readonly releasedAt: string
  readonly authority: { readonly digest: Digest; readonly digits: string }
  readonly signers: readonly CompletionSigner[]
  /** Absent where no signer's name was corrected. */
  readonly corrections?: readonly CompletionCorrection[]
  /** How the signers of the sides got in; absent in those from before it was told. */
  readonly access?: readonly CompletionAccess[]
  /** What the mediator looked at and left as it stands when the text was closed; absent where nothing was. */
  readonly confirmed?: readonly CompletionConfirmation[]
}

export interface CompletionConfirmation extends Pick<ConfirmationLine, 'kind' | 'found'> {
  /** The mediator who confirmed it. */
  readonly by: string
  readonly at: string
}

export interface CompletionAccess extends Pick<AccessLine, 'participantId' | 'what' | 'device' | 'way'> {
  readonly at: string
  readonly name: string
  /** Whoever did it, where that was not the signer. */
  readonly by?: string
}

interface CompletionCorrection extends Pick<Correction, 'participantId' | 'was' | 'is'> {
  readonly correctedAt: string
}

/** What a line of it says, for words: with how its code went, and by whom a device was ended. */
export function accessKind({ what, by, way = 'read-out' }: CompletionAccess) {
  switch (what) {
    case 'device-bound':
      return `${what}.${way}` as const
    case 'device-ended':
      return `${what}.${by === undefined ? 'self' : 'mediator'}` as const
    case 'contact-confirmed':
      return `${what}.${way === 'sms' ? 'sms' : 'mail'}` as const
    default:
      return what
  }
}

/** What a line of it says, for words. */
export function confirmationKind({ kind, found }: Pick<CompletionConfirmation, 'kind' | 'found'>) {
  if (kind !== 'missing-heading') return kind
  return found === 'performance' || found === 'consequences' ? (`${kind}.${found}` as const) : (`${kind}.other` as const)
}

export interface CompletionSource {
  readonly caseId: string
  readonly frozen: FrozenRecord
  /** In the order of the chain. */
  readonly signatures: readonly SignatureRecord[]
  readonly release: Pick<ReleaseRecord, 'releasedAt' | 'corrections' | 'access' | 'confirmed' | 'paperWords'>
  readonly authorityDer: Uint8Array
}

/** Throws on a signature whose person is not among the signers or whose bytes cannot be read: the server checked both when it came. */
export async function completionOf(
  crypto: Digester,
  { caseId, frozen, signatures, release, authorityDer }: CompletionSource,
): Promise<Completion> {
  const digits = spokenFingerprint(await sha256(crypto, authorityDer))
  return {
    caseId,
    ...(frozen.caseNumber === undefined ? {} : { caseNumber: frozen.caseNumber }),
    versionId: frozen.versionId,
    language: frozen.language,
    languages: frozen.languages,
    textCode: frozen.textCode,
    textDigest: frozen.textDigest,
    pdfDigest: frozen.pdfDigest,
    frozenAt: localTime(frozen.frozenAt),
    releasedAt: localTime(release.releasedAt),
    authority: { digest: frozen.authority, digits },
    signers: signatures.map((signature) => completionSigner(frozen, signature)),
    ...(release.corrections && { corrections: release.corrections.map(completionCorrection) }),
    ...(release.access && { access: release.access.map((line) => completionAccess(line, frozen)) }),
    ...(release.confirmed && { confirmed: release.confirmed.map((line) => completionConfirmation(line, frozen)) }),
  }
}

function completionCorrection({ participantId, was, is, at }: Correction): CompletionCorrection {
  return { participantId, was, is, correctedAt: localTime(at) }
}

function completionAccess({ participantId, what, at, by, device, way }: AccessLine, frozen: FrozenRecord): CompletionAccess {
  return {
    participantId,
    name: signerName(frozen, participantId),
    what,
    at: localTime(at),
    ...(by !== undefined && { by: signerName(frozen, by) }),
    ...(device !== undefined && { device }),
    ...(way !== undefined && { way }),
  }
}

function completionConfirmation({ kind, found, by, at }: ConfirmationLine, frozen: FrozenRecord): CompletionConfirmation {
  return { kind, found, by: signerName(frozen, by), at: localTime(at) }
}

function signerName({ signers }: FrozenRecord, id: ParticipantId): string {
  return signers.find(({ participantId }) => participantId === id)?.name ?? ''
}

/** completion.json: whoever makes or checks a bundle of the first format writes it as that format did. */
export function completionJson(completion: Completion, bundleFormat: BundleFormat): string {
  const content = bundleFormat === 1 ? inFirstFormat(completion) : completion
  return `${JSON.stringify({ format: formatText('bitim-completion', bundleFormat), ...content }, null, 2)}\n`
}

function inFirstFormat(completion: Completion) {
  const { textDigest, pdfDigest, authority, signers } = completion
  return {
    ...completion,
    textDigest: hexOf(textDigest),
    pdfDigest: hexOf(pdfDigest),
    authority: { sha256: hexOf(authority.digest), digits: authority.digits },
    signers: signers.map(({ scheme: _, certificateDigest, signatureDigest, ...signer }) => ({
      ...signer,
      certificateDigest: hexOf(certificateDigest),
      signatureDigest: hexOf(signatureDigest),
    })),
  }
}

function completionSigner(frozen: FrozenRecord, signature: SignatureRecord): CompletionSigner {
  const signer = frozen.signers.find(({ participantId }) => participantId === signature.participantId)
  if (!signer) throw new TypeError('a signature that is none of this version')
  const certificate = VERIFIERS[signature.scheme].certificateOf(fromBase64(signature.signature))
  return {
    participantId: signer.participantId,
    name: signer.name,
    role: signer.role,
    ...(signer.side === undefined ? {} : { side: signer.side }),
    scheme: signature.scheme,
    signedAt: localTime(signature.signedAt),
    method: signature.method,
    identityLevel: signature.identityLevel,
    certificateSerial: readCertificate(certificate).serialNumber,
    certificateDigest: signature.certificateDigest,
    signatureDigest: signature.signatureDigest,
  }
}
