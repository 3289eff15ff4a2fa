// One signature, step by step: the PDF is fetched and hashed, a key is made, certified, used and forgotten, the signature recorded.
// Nothing the server says is signed unseen: PDF and text have to be those that were frozen, by this device's own digests.

import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { base64, fromBase64, fromBase64url, hex } from '#shared/kernel/bytes.ts'
import { type Bytes, sha256 } from '#shared/kernel/digest.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { type KeyMaker, makeOneTimeKey } from '#shared/signing/one-time-key.ts'
import { signatureGive } from '#shared/signing/signing-protocol.ts'
import { type HowRead, pdfDownload, signingCertify } from '#shared/signing/signing-routes.ts'

/** What is under way, for the person who waits. */
export type SigningStep = 'key' | 'certificate' | 'signature' | 'record'

interface SignVersionDeps<Key> {
  readonly api: AuthorisedApi
  readonly act: <Input>(definition: CommandDefinition<WireName, Input>, input: Input) => Promise<CommandAck>
  readonly crypto: KeyMaker<Key>
  readonly onStep: (step: SigningStep) => void
}

interface SignVersion {
  readonly caseId: CaseId
  readonly me: ParticipantId
  readonly version: FrozenVersion
  /** SHA-256 of the canonical text as this device made it. */
  readonly textDigest: Bytes
  readonly nonce: string
  readonly confirmation: { readonly code: string } | { readonly password: string }
  readonly read: HowRead
}

/** Throws an AppError of the server, or of this device when what it got is not what was frozen. */
export async function signVersion<Key>(deps: SignVersionDeps<Key>, signing: SignVersion): Promise<void> {
  const { api, crypto, onStep } = deps
  const { caseId, me, version, nonce, confirmation, read } = signing
  const { versionId } = version
  onStep('key')
  const pdf = await api.download(pdfDownload, { caseId, versionId })
  const pdfDigest = await sha256(crypto, pdf.bytes)
  if (hex(pdfDigest) !== version.pdfDigest) throw new AppError({ kind: 'conflict', reason: 'signing/other-document' })
  if (hex(signing.textDigest) !== version.textDigest) throw new AppError({ kind: 'conflict', reason: 'signing/other-text' })
  const key = await makeOneTimeKey(crypto)
  const proof = await key.prove({ caseId, versionId, participantId: me }, fromBase64url(nonce))
  onStep('certificate')
  const certified = await api.call(signingCertify, {
    caseId,
    versionId,
    nonce,
    confirmation,
    spki: base64(key.spki),
    proof: base64(proof),
    read,
  })
  onStep('signature')
  const cms = await key.signOnce({
    contentDigest: pdfDigest,
    textDigest: signing.textDigest,
    signingTime: certified.signingTime,
    certificateDer: fromBase64(certified.certificate),
  })
  onStep('record')
  const ack = await deps.act(signatureGive, { versionId, cms: base64(cms) })
  if (!ack.ok) throw new AppError(ack.problem)
}
