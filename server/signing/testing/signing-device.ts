// A device that signs as browsers do.
import { webcrypto } from 'node:crypto'
import type { Person } from '#shared/kernel/actor.ts'
import { base64, fromBase64, fromBase64url } from '#shared/kernel/bytes.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { makeOneTimeKey, type OneTimeKey } from '#shared/signing/one-time-key.ts'
import { type Certified, type HowRead, signingAsk, signingCertify } from '#shared/signing/signing-routes.ts'
import { PASSWORD, type SigningWorld } from './signing-world.ts'

const { subtle } = webcrypto

/** What a signer's browser does, step by step, so that a test can break each of them. */
export interface Device {
  readonly key: OneTimeKey
  readonly certified: Certified
  readonly cms: string
}

interface DeviceOptions {
  readonly read?: HowRead
  readonly pdfDigest?: Uint8Array
  readonly textDigest?: Uint8Array
  readonly certificateDer?: Uint8Array
  /** Which of the person's devices it is. */
  readonly device?: string
  /** Where the code comes from that is typed here, unless the mediator reads it out. */
  readonly code?: () => string
}

export async function certifyOnDevice(
  { call, codeFor, world }: SigningWorld,
  person: Person,
  versionId: VersionId,
  { read = { how: 'self' }, device, code }: DeviceOptions = {},
) {
  const { caseId } = world
  const asked = await call(signingAsk, { caseId, versionId }, person, device)
  const key = await makeOneTimeKey(subtle)
  const confirmation = asked.confirm === 'password' ? { password: PASSWORD } : { code: code ? code() : await codeFor(person) }
  const proof = await key.prove({ caseId, versionId, participantId: person.id }, fromBase64url(asked.nonce))
  const input = { caseId, versionId, nonce: asked.nonce, confirmation, spki: base64(key.spki), proof: base64(proof), read }
  return { key, asked, input, certified: await call(signingCertify, input, person, device) }
}

export async function signOnDevice(
  signing: SigningWorld,
  person: Person,
  versionId: VersionId,
  options: DeviceOptions = {},
): Promise<Device> {
  const { key, certified } = await certifyOnDevice(signing, person, versionId, options)
  const cms = await key.signOnce({
    contentDigest: options.pdfDigest ?? fromHexText(certified.pdfDigest),
    textDigest: options.textDigest ?? fromHexText(certified.textDigest),
    signingTime: certified.signingTime,
    certificateDer: options.certificateDer ?? fromBase64(certified.certificate),
  })
  return { key, certified, cms: base64(cms) }
}

function fromHexText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'))
}
