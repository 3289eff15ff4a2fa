import { describe, expect, it } from 'vitest'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import type { FrozenVersion } from '#shared/drafting/drafting-protocol.ts'
import { base64, base64url, fromBase64, fromBase64url, hex, utf8 } from '#shared/kernel/bytes.ts'
import { sha256 } from '#shared/kernel/digest.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CaseId, type FileId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { verifyPossession } from '#shared/signing/possession.ts'
import { signatureGive } from '#shared/signing/signing-protocol.ts'
import { pdfDownload, signingCertify } from '#shared/signing/signing-routes.ts'
import { type SigningStep, signVersion } from './sign-version.ts'

const subtle = globalThis.crypto.subtle
const id = <T extends CaseId | VersionId | ParticipantId | FileId>(name: string) => asId<T>(name.padEnd(22, '_'))
const pdf = utf8('%PDF the very bytes')
const text = await sha256(subtle, utf8('the canonical text'))
const version: FrozenVersion = {
  versionId: id('v1'),
  revision: 3,
  textDigest: hex(text),
  pdfDigest: hex(await sha256(subtle, pdf)),
  textCode: '1234 5678 9012',
  textFileId: id('t'),
  pdfFileId: id('p'),
  language: 'ru',
  signers: [id('a'), id('m')],
}
const nonce = base64url(new Uint8Array(32).fill(5))

interface Log {
  readonly asked: unknown[]
  readonly steps: SigningStep[]
  readonly acted: unknown[]
}

/** A server that answers up to the certificate, and then says no: what is made before it is looked at here, the whole way in the server's tests. */
function server(log: Log, bytes: Uint8Array): AuthorisedApi {
  return {
    call: async (route, input) => {
      expect(route).toBe(signingCertify)
      log.asked.push(input)
      throw new AppError({ kind: 'forbidden', reason: 'identity/wrong-code', details: { left: 4 } })
    },
    download: async (route) => {
      expect(route).toBe(pdfDownload)
      return { bytes, fileName: 'agreement.pdf' }
    },
  }
}

async function sign({ bytes = pdf, digest = text }: { bytes?: Uint8Array; digest?: typeof text } = {}) {
  const log: Log = { asked: [], steps: [], acted: [] }
  const deps = {
    api: server(log, bytes),
    crypto: subtle,
    onStep: (step: SigningStep) => log.steps.push(step),
    act: async (definition: unknown, input: unknown) => {
      log.acted.push([definition === signatureGive, input])
      return { ok: true as const, value: { at: [] } }
    },
  }
  const signing = {
    caseId: id<CaseId>('case'),
    me: id<ParticipantId>('a'),
    version,
    textDigest: digest,
    nonce,
    confirmation: { code: '123456' },
    read: { how: 'self' } as const,
  }
  const refusal = await signVersion(deps, signing).then(
    () => undefined,
    (error: unknown) => (error instanceof AppError ? error.problem.reason : String(error)),
  )
  return { ...log, refusal }
}

describe('signing on the device', () => {
  it('[SIG-61] another PDF than the frozen one is not signed: nothing is asked for, nothing sent', async () => {
    expect(await sign({ bytes: utf8('%PDF other bytes') })).toEqual({
      asked: [],
      acted: [],
      steps: ['key'],
      refusal: 'signing/other-document',
    })
  })

  it('[SIG-61] another text than the frozen one is not signed', async () => {
    expect(await sign({ digest: await sha256(subtle, utf8('another text')) })).toMatchObject({
      asked: [],
      acted: [],
      refusal: 'signing/other-text',
    })
  })

  it('[SIG-5] asks for a certificate with proof of a fresh key over case, version, person and nonce', async () => {
    const { asked, acted, steps, refusal } = await sign()
    expect(refusal).toBe('identity/wrong-code')
    expect(steps).toEqual(['key', 'certificate'])
    expect(acted).toEqual([])
    const [input] = asked as { spki: string; proof: string }[]
    if (!input) throw new Error('not asked')
    const binding = { caseId: id<CaseId>('case'), versionId: version.versionId, participantId: id<ParticipantId>('a') }
    const proof = { spki: fromBase64(input.spki), signature: fromBase64(input.proof), nonce: fromBase64url(nonce) }
    expect(await verifyPossession(subtle, { ...binding, ...proof })).toBe(true)
    expect(await verifyPossession(subtle, { ...binding, ...proof, participantId: 'b' })).toBe(false)
  })

  it('[SIG-5] makes another key for every try', async () => {
    const keys = [await sign(), await sign()].map(({ asked }) => (asked[0] as { spki: string }).spki)
    expect(new Set(keys).size).toBe(2)
    expect(keys.every((key) => base64(fromBase64(key)) === key)).toBe(true)
  })
})
