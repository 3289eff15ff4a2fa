// Checks and seals what decisions about signing need: a signature over exactly the frozen PDF and text, by this person, under the certificate
// issued for it minutes ago. The side's bytes come to rest here; the mediator's signature is where everybody's are taken out again.
import { type FactProvider, type FactQuestion, provideFact } from '#server/log/facts.ts'
import { wholeBytes } from '#server/storage/encrypted-files.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { correctionsFold } from '#shared/cases/corrections-state.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import { accessFold, devicesIn } from '#shared/identity/access-state.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import { base64, fromBase64 } from '#shared/kernel/bytes.ts'
import type { CaseId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { accessLines } from '#shared/signing/access-lines.ts'
import type { SignatureFault } from '#shared/signing/cms/verify-signature.ts'
import { confirmationLines } from '#shared/signing/confirmation-lines.ts'
import { mayDeviceSign } from '#shared/signing/device-signing.ts'
import { bytesOf, digestOf, fromHexDigest, hexOf } from '#shared/signing/named-digest.ts'
import { SERVICE_SCHEME } from '#shared/signing/schemes.ts'
import type { SealingKey } from '#shared/signing/seal.ts'
import { seal } from '#shared/signing/seal.ts'
import type { ClosingRecord, FrozenRecord, SignatureRecord } from '#shared/signing/sealed-records.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { signingDevicesFold } from '#shared/signing/signing-devices.ts'
import { type CheckedSignature, checkedSignatureFact, closingRecordFact, sealedVersionFact } from '#shared/signing/signing-facts.ts'
import { canSign } from '#shared/signing/signing-policy.ts'
import type { SigningReason } from '#shared/signing/signing-protocol.ts'
import { knownVersion, sideSignatures, signingSituation } from '#shared/signing/signing-view.ts'
import { VERIFIERS } from '#shared/signing/verifiers.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import type { Confirmations } from './confirmations.ts'
import type { Printing } from './printing.ts'
import { sealRelease } from './seal-release.ts'
import type { SignersFiles } from './signers-files.ts'
import type { OpenVersionFile } from './version-files.ts'
import { languagesOf, namedSigners } from './version-of-case.ts'

interface SigningFactDeps {
  readonly crypto: Verifier
  /** The authority's certificate, DER, and its SHA-256 in hexadecimal. */
  readonly authority: { readonly certificateDer: Uint8Array; readonly fingerprint: string }
  readonly sealingKey: SealingKey
  readonly confirmations: Pick<Confirmations, 'find'>
  readonly files: Pick<SignersFiles, 'put' | 'open'>
  readonly openVersionFile: OpenVersionFile
  readonly printing: Pick<Printing, 'completion'>
  /** Completes what is half done: a no that its author told to the mediator alone has opened the text before anybody else's signature is judged. */
  readonly settle: (caseId: CaseId) => Promise<void>
}

export function signingFacts(deps: SigningFactDeps): readonly FactProvider[] {
  return [
    provideFact(checkedSignatureFact, (question) => checkSignature(deps, question)),
    provideFact(sealedVersionFact, (question) => sealVersion(deps, question)),
    provideFact(closingRecordFact, (question) => sealChain(deps, question)),
  ]
}

async function checkSignature(deps: SigningFactDeps, { caseId, actor, input, view, now }: FactQuestion): Promise<CheckedSignature> {
  const { versionId, cms: given } = input as { versionId: VersionId; cms: string } // parsed by the command's schema
  if (actor.kind !== 'person') return refused('signing/ask-again')
  if (knownVersion(view, versionId)) await deps.settle(caseId)
  const version = knownVersion(view, versionId)
  const frozen = view.state(signersFold, signersAudience(versionId))?.frozen
  const situation = signingSituation(view, actor, versionId)
  // The decision says why; nothing is checked or stored for somebody who may not sign.
  if (!version || !frozen || !canSign(situation)) return refused('signing/ask-again')
  const place = { caseId, versionId, participantId: actor.id }
  const found = await deps.confirmations.find(place)
  if (found?.confirmation.state !== 'certified') return refused('signing/ask-again')
  const { certificateDigest, signingTime, method, fileId, deviceId = '' } = found.confirmation
  if (!mediates(situation) && !isDeviceGood(view, { versionId, person: actor.id, deviceId })) return refused('signing/ask-again')
  const cms = bytesIn(given)
  if (!cms) return refused('signing/not-verified')
  const verdict = await VERIFIERS[SERVICE_SCHEME].verify(deps.crypto, {
    signature: cms,
    authorityDer: deps.authority.certificateDer,
    expected: { ...place, pdfDigest: bytesOf(frozen.pdfDigest), textDigest: bytesOf(frozen.textDigest), signingTime },
  })
  if (!verdict.ok) return refused(reasonOf(verdict.fault))
  const certified = await digestOf(deps.crypto, verdict.facts.certificateDer)
  if (hexOf(certified) !== certificateDigest) return refused('signing/not-verified')
  const record = await sealSignature(deps, {
    caseId,
    at: now,
    payload: {
      record: 'signature',
      participantId: actor.id,
      versionId,
      scheme: SERVICE_SCHEME,
      signatureDigest: await digestOf(deps.crypto, cms),
      signedAt: signingTime,
      method,
      identityLevel: mediates(situation) ? 'staff-account' : 'link-and-code',
      certificateDigest: certified,
      signature: base64(cms),
    },
  })
  if (mediates(situation)) return releaseWith(deps, { question: { caseId, view, now }, version, frozen, last: record })
  await deps.files.put(place, fileId, cms)
  return { checked: 'signature', record, fileId }
}

/** Judged once more, over what stands at this moment: ended since, or no longer answered for, its key has signed too late, whoever hands it in. */
function isDeviceGood(
  view: View,
  of: { readonly versionId: VersionId; readonly person: ParticipantId; readonly deviceId: string },
): boolean {
  const own = directAudience(of.person)
  const isEnded = devicesIn(view.state(accessFold, own)).some(({ deviceId, ended }) => ended && deviceId === of.deviceId)
  return !isEnded && mayDeviceSign(view.state(signingDevicesFold, own), of.versionId, of.deviceId)
}

interface Releasing {
  readonly question: Pick<FactQuestion, 'caseId' | 'view' | 'now'>
  readonly version: FrozenVersion
  readonly frozen: FrozenRecord
  /** The mediator's own. */
  readonly last: SignatureRecord
}

async function releaseWith(deps: SigningFactDeps, { question, version, frozen, last }: Releasing): Promise<CheckedSignature> {
  const { caseId, view, now } = question
  const { versionId } = version
  const records: SignatureRecord[] = []
  for (const { participantId, signature } of sideSignatures(view, versionId)) {
    const resting = signature && (await deps.files.open({ caseId, versionId }, signature.fileId))
    if (!signature || !resting) return refused('signing/ask-again')
    const cms = await wholeBytes(resting)
    const { scheme, signatureDigest, signedAt, method, identityLevel, certificateDigest, seal: sealed } = signature
    // The very record that was sealed when the signature was given: its seal holds for the bytes that come out of rest, or not at all.
    records.push({
      record: 'signature',
      participantId,
      versionId,
      scheme,
      signatureDigest,
      signedAt,
      method,
      identityLevel,
      certificateDigest,
      signature: base64(cms),
      seal: sealed,
    })
  }
  const signatures = [...records, last]
  const isSigner = ({ participantId }: { participantId: ParticipantId }) =>
    frozen.signers.some((each) => each.participantId === participantId)
  const corrections = view.state(correctionsFold, 'case')?.corrections.filter(isSigner) ?? []
  const access = accessLines(
    view,
    records.map(({ participantId }) => participantId),
  )
  const confirmed = confirmationLines(view, versionId)
  const release = await sealRelease(deps, { caseId, frozen, signatures, now, version, corrections, access, confirmed })
  return { checked: 'release', records: signatures, release }
}

async function sealSignature(
  { crypto, sealingKey }: SigningFactDeps,
  { caseId, at, payload }: { caseId: string; at: number; payload: Omit<SignatureRecord, 'seal'> },
): Promise<SignatureRecord> {
  return { ...payload, seal: await seal(crypto, sealingKey, { caseId, kind: 'signature', payload, at }) }
}

async function sealVersion(
  { crypto, sealingKey, authority }: SigningFactDeps,
  { caseId, input, view, now }: FactQuestion,
): Promise<FrozenRecord | undefined> {
  const { versionId } = input as { versionId: VersionId } // parsed by the command's schema
  const version = knownVersion(view, versionId)
  const phase = view.state(draftFold, 'all')?.phase
  if (!version || phase?.kind !== 'frozen' || phase.versionId !== versionId) return undefined
  const payload: Omit<FrozenRecord, 'seal'> = {
    record: 'frozen',
    versionId,
    ...(version.documentId && { documentId: version.documentId }),
    revision: version.revision,
    textDigest: fromHexDigest(version.textDigest),
    pdfDigest: fromHexDigest(version.pdfDigest),
    textCode: version.textCode,
    language: version.language,
    languages: languagesOf(view),
    ...caseNumberOf(view),
    frozenAt: phase.at,
    authority: fromHexDigest(authority.fingerprint),
    signers: namedSigners(view, version.signers),
  }
  return { ...payload, seal: await seal(crypto, sealingKey, { caseId, kind: 'frozen', payload, at: now }) }
}

function caseNumberOf(view: View): Pick<FrozenRecord, 'caseNumber'> {
  const number = view.state(caseFold, 'case')?.facts?.number
  return number === undefined ? {} : { caseNumber: number }
}

/** Over the hash of the release's event, and so over every event's header and body up to it. */
async function sealChain(
  { crypto, sealingKey }: SigningFactDeps,
  { caseId, input, view, now }: FactQuestion,
): Promise<ClosingRecord | undefined> {
  const { versionId } = input as { versionId: VersionId } // parsed by the command's schema
  const release = view.state(signersFold, signersAudience(versionId))?.release
  if (!release) return undefined
  const payload: Omit<ClosingRecord, 'seal'> = { record: 'closing', versionId, head: release.head, evidence: [] }
  // A clock that was set back must not close before the release.
  const at = Math.max(now, release.releasedAt)
  return { ...payload, seal: await seal(crypto, sealingKey, { caseId, kind: 'closing', payload, at }) }
}

function reasonOf(fault: SignatureFault): SigningReason {
  if (fault === 'other-document') return 'signing/other-document'
  return fault === 'other-text' ? 'signing/other-text' : 'signing/not-verified'
}

function refused(reason: SigningReason): CheckedSignature {
  return { checked: 'refused', reason }
}

function bytesIn(text: string): Uint8Array | undefined {
  try {
    return fromBase64(text)
  } catch {
    return undefined // not base64: no signature
  }
}
