// What a signer's browser does over HTTP and its socket: asks, makes a key, has it certified, signs, and hands the signature in.
import { webcrypto } from 'node:crypto'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { readOutList } from '#shared/identity/invitation-protocol.ts'
import { base64, fromBase64, fromBase64url } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import type { CaseId, VersionId } from '#shared/kernel/ids.ts'
import { requestOf } from '#shared/protocol/route.ts'
import { makeOneTimeKey } from '#shared/signing/one-time-key.ts'
import { signatureGive } from '#shared/signing/signing-protocol.ts'
import {
  type bundleDownload,
  type HowRead,
  pdfDownload,
  signingAsk,
  signingCertify,
  type textDownload,
} from '#shared/signing/signing-routes.ts'
import { answered, type Browser } from './http-world.ts'
import { accepted, type Device } from './live-room.ts'
import { say } from './socket-world.ts'

const subtle = webcrypto.subtle

export interface Signer {
  readonly browser: Browser
  readonly device: Device
  /** Of staff, who confirm by it; others get a code that the mediator reads out. */
  readonly password?: string
}

export interface SigningPlace {
  readonly url: string
  readonly caseId: CaseId
  /** Of the mediator who reads codes out. */
  readonly staff: Browser
}

export async function signOverHttp(
  { url, caseId, staff }: SigningPlace,
  { browser, device, password }: Signer,
  { versionId, textDigest }: FrozenVersion,
  read: HowRead = { how: 'self' },
): Promise<void> {
  const asked = answered(await browser.call(signingAsk, { caseId, versionId }))
  const confirmation = password === undefined ? { code: await codeFor() } : { password }
  const key = await makeOneTimeKey(subtle)
  const proof = await key.prove({ caseId, versionId, participantId: device.me }, fromBase64url(asked.nonce))
  const certified = answered(
    await browser.call(signingCertify, {
      ...{ caseId, versionId, nonce: asked.nonce, confirmation, read },
      ...{ spki: base64(key.spki), proof: base64(proof) },
    }),
  )
  const cms = await key.signOnce({
    contentDigest: await sha256(subtle, await download(url, browser, pdfDownload, { caseId, versionId })),
    textDigest: new Uint8Array(Buffer.from(textDigest, 'hex')),
    signingTime: certified.signingTime,
    certificateDer: fromBase64(certified.certificate),
  })
  accepted(await say(device.socket, signatureGive, { versionId, cms: base64(cms) }))

  async function codeFor(): Promise<string> {
    const { codes } = answered(await staff.call(readOutList, { caseId }))
    const mine = codes.find(({ participantId }) => participantId === device.me)
    if (!mine) throw new Error('no code to be read out')
    return mine.code
  }
}

/** The very bytes of a download. */
export async function download(
  url: string,
  browser: Browser,
  route: typeof bundleDownload | typeof pdfDownload | typeof textDownload,
  input: { caseId: CaseId; versionId: VersionId },
): Promise<Uint8Array<ArrayBuffer>> {
  const { url: path } = requestOf(route, input)
  const response = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${browser.token ?? ''}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return new Uint8Array(await response.arrayBuffer())
}
