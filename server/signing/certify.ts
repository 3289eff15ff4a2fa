// Before a signature: a fresh confirmation is asked for, then given together with the proof that the signer's browser holds a new key;
// the key is certified for this person and version, once. The server's own time is what will be signed.
import type { PersonCaller } from '#server/http/caller.ts'
import type { Limits } from '#server/http/limits.ts'
import { OWN_PASSWORD } from '#server/identity/guessing-limits.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Readers } from '#server/log/case-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { base64, base64url, equalBytes, fromBase64, fromBase64url, hex } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy } from '#shared/kernel/clock.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type FileId, type VersionId } from '#shared/kernel/ids.ts'
import type { SteadyClock } from '#shared/kernel/steady-clock.ts'
import type { RouteInput } from '#shared/protocol/route.ts'
import { mayDeviceSign } from '#shared/signing/device-signing.ts'
import { verifyPossession } from '#shared/signing/possession.ts'
import type { SigningMethod } from '#shared/signing/record-fields.ts'
import { signingDevicesFold } from '#shared/signing/signing-devices.ts'
import { canSign } from '#shared/signing/signing-policy.ts'
import type { Certified, HowRead, SigningAsked, signingCertify } from '#shared/signing/signing-routes.ts'
import { refuseSigning, signingSituation } from '#shared/signing/signing-view.ts'
import type { Verifier } from '#shared/signing/web-crypto.ts'
import type { Authority } from './authority/authority.ts'
import { certifySigner } from './authority/certify-signer.ts'
import type { IdentityConfirmation } from './confirm-identity.ts'
import { CONFIRMATION_MS, type Confirmations, type FoundConfirmation, type SigningPlace } from './confirmations.ts'
import { signersOfVersion, type VersionForPerson, versionForPerson } from './version-of-case.ts'

export interface CertifyDeps {
  readonly log: Pick<CaseLog, 'state' | 'refresh'>
  readonly readers: Readers
  readonly crypto: Verifier
  readonly authority: Authority
  readonly clock: Clock
  readonly entropy: Entropy
  readonly confirmations: Confirmations
  readonly identity: IdentityConfirmation
  readonly limits: Limits
  readonly steady: SteadyClock
  /** Completes what a server that died right after freezing has left undone. */
  readonly settle: (caseId: CaseId) => Promise<void>
}

/** Codes that one person asks for: more than anybody needs who mistypes, or waits for a mail. */
const ASKS = { points: 8, seconds: 600 }

interface Of {
  readonly caseId: CaseId
  readonly versionId: VersionId
}

interface ToIssue extends VersionForPerson {
  readonly place: SigningPlace
  readonly spki: Uint8Array
  readonly asked: FoundConfirmation
  readonly method: SigningMethod
  readonly deviceId: string
}

export function makeCertify(deps: CertifyDeps) {
  const { log, readers, clock, entropy, confirmations, identity, limits, steady } = deps

  async function signable({ caseId, versionId }: Of, caller: PersonCaller): Promise<VersionForPerson> {
    if (caller.caseId !== caseId) throw new AppError({ kind: 'not-found' })
    // A device that came in by another server must not be taken for one from before there were such events.
    await log.refresh(caseId)
    await deps.settle(caseId)
    const found = versionForPerson(await log.state(caseId), { caseId, versionId, participantId: caller.participantId }, readers)
    const situation = signingSituation(found.view, found.actor, versionId)
    if (!situation.signer) throw new AppError({ kind: 'not-found' })
    if (canSign(situation)) {
      const devices = found.view.state(signingDevicesFold, directAudience(found.actor.id))
      if (caller.accountId || mayDeviceSign(devices, versionId, caller.sessionId)) return found
      throw new AppError({ kind: 'conflict', reason: 'signing/new-device' })
    }
    const refusal = refuseSigning(situation, situation.own === 'stands' ? 'signing/already-signed' : 'signing/others-first')
    throw new AppError(refusal.decided ? { kind: 'conflict' } : refusal.problem)
  }

  return {
    async ask(input: Of, caller: PersonCaller): Promise<SigningAsked> {
      const { actor } = await signable(input, caller)
      limits.act('signing ask', `${input.caseId}.${actor.id}`, ASKS)
      const place: SigningPlace = { caseId: input.caseId, versionId: input.versionId, participantId: actor.id }
      const nonce = base64url(entropy.bytes(32, 'signing nonce'))
      const at = steady.now()
      await confirmations.begin(place, { state: 'asked', nonce, at })
      return { nonce, confirm: await identity.ask(place, caller), expiresAt: steady.onWall(at + CONFIRMATION_MS) }
    },

    async certify(input: RouteInput<typeof signingCertify>, caller: PersonCaller): Promise<Certified> {
      const found = await signable(input, caller)
      const { actor, version } = found
      const place: SigningPlace = { caseId: input.caseId, versionId: input.versionId, participantId: actor.id }
      const asked = await confirmations.find(place)
      if (asked?.confirmation.state !== 'asked' || !sameNonce(asked.confirmation.nonce, input.nonce)) throw askAgain()
      const spki = bytesOf(input.spki, 'spki')
      const proof = { ...place, spki, signature: bytesOf(input.proof, 'proof'), nonce: fromBase64url(input.nonce) }
      if (!(await verifyPossession(deps.crypto, proof))) throw new AppError({ kind: 'invalid', field: 'proof' })
      let certified: Certified | undefined
      // A code has its five tries, a password none: what fails slows this session alone.
      const who = { address: '', target: caller.accountId ?? actor.id, device: caller.sessionId }
      await limits.attempt(OWN_PASSWORD, who, () =>
        identity.check(place, caller, input.confirmation, async ({ confirmation }) => {
          const method: SigningMethod = { read: readingOf(input.read), confirmation }
          certified = await issue({ ...found, place, spki, asked, method, deviceId: caller.sessionId })
        }),
      )
      if (!certified) throw askAgain()
      return { ...certified, pdfDigest: version.pdfDigest, textDigest: version.textDigest }
    },
  }

  async function issue({ view, version, place, spki, asked, method, deviceId }: ToIssue): Promise<Certified> {
    const { authority } = deps
    const signer = signersOfVersion(view, version).find((each) => each.participantId === place.participantId)
    if (!signer) throw new AppError({ kind: 'not-found' })
    const signingTime = clock.now()
    const certificate = await certifySigner(
      { authority, entropy },
      { ...place, spki, name: signer.name, role: signer.role, side: signer.side, now: signingTime },
    )
    const stored = await confirmations.advance(place, asked, {
      state: 'certified',
      at: steady.now(),
      certificateDigest: hex(await sha256(deps.crypto, certificate)),
      signingTime,
      method,
      fileId: asId<FileId>(base64url(entropy.bytes(16, 'signature file'))),
      deviceId,
    })
    if (!stored) throw askAgain()
    return {
      certificate: base64(certificate),
      authority: base64(authority.certificateDer),
      signingTime,
      pdfDigest: version.pdfDigest,
      textDigest: version.textDigest,
    }
  }
}

function askAgain(): AppError {
  return new AppError({ kind: 'conflict', reason: 'signing/ask-again' })
}

function readingOf(read: HowRead): SigningMethod['read'] {
  return read.how === 'self' ? 'self' : { by: read.by, language: read.language }
}

function sameNonce(a: string, b: string): boolean {
  return equalBytes(fromBase64url(a), fromBase64url(b))
}

function bytesOf(text: string, field: string): Uint8Array {
  try {
    return fromBase64(text)
  } catch (cause) {
    throw new AppError({ kind: 'invalid', field }, { cause })
  }
}
