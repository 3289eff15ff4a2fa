import { webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { act, idOf, newCommandId } from '#server/testing/case-world.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { base64, fromBase64, fromBase64url, fromHex } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type ParticipantId, type VersionId } from '#shared/kernel/ids.ts'
import { makeOneTimeKey } from '#shared/signing/one-time-key.ts'
import { signatureGive, signatureWithdraw, versionDecline } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, pdfDownload, signingAsk, signingCertify, textDownload } from '#shared/signing/signing-routes.ts'
import { ownSigningFold } from '#shared/signing/signing-state.ts'
import { makeAuthority, openAuthority } from './authority/authority.ts'
import { certifySigner } from './authority/certify-signer.ts'
import { frozenBefore } from './testing/frozen-before.ts'
import { certifyOnDevice, signOnDevice } from './testing/signing-device.ts'
import { PASSWORD, type SigningWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
const OTHER = asId<VersionId>('version-9_____________')
const subtle = webcrypto.subtle

let signing: SigningWorld
let first: Person
let second: Person
let mediator: Person

frozenBefore(V1, (frozen) => {
  ;({ signing, first, second, mediator } = frozen)
})

function refused(promise: Promise<unknown>) {
  return promise.then(
    () => 'done',
    (error: { problem?: { kind: string; reason?: string; field?: string } }) =>
      error.problem?.reason ?? [error.problem?.kind, error.problem?.field].filter(Boolean).join(' '),
  )
}

const give = (person: Person, cms: string, versionId = V1) => act(signing.log, person, signatureGive, { versionId, cms })

async function nothingGiven() {
  for (const person of signing.world.people) {
    expect((await signing.view(mediator)).state(ownSigningFold, directAudience(person.id))?.given ?? []).toEqual([])
  }
}

/** Everything that goes before a certificate, ready to be spoilt. */
async function prepared(person: Person, { confirm = 'right' as 'right' | 'wrong' } = {}) {
  const { caseId } = signing.world
  const asked = await signing.call(signingAsk, { caseId, versionId: V1 }, person)
  const key = await makeOneTimeKey(subtle)
  const nonce = fromBase64url(asked.nonce)
  const code = asked.confirm === 'password' ? '' : await signing.codeFor(person)
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  const proof = await key.prove({ caseId, versionId: V1, participantId: person.id }, nonce)
  return {
    key,
    nonce,
    input: {
      caseId,
      versionId: V1,
      nonce: asked.nonce,
      confirmation: { code: confirm === 'right' ? code : wrong },
      spki: base64(key.spki),
      proof: base64(proof),
      read: { how: 'self' } as const,
    },
  }
}

describe('asking for a certificate', () => {
  it('[SIG-4] a wrong code is refused and counted, the right one still works', async () => {
    const { input } = await prepared(first, { confirm: 'wrong' })
    expect(await refused(signing.call(signingCertify, input, first))).toBe('identity/wrong-code')
    const code = await signing.codeFor(first)
    expect(await refused(signing.call(signingCertify, { ...input, confirmation: { code } }, first))).toBe('done')
  })

  it('[SIG-4] five wrong codes lock; asking again makes a new code', async () => {
    const { input } = await prepared(first, { confirm: 'wrong' })
    for (let i = 0; i < 5; i++) await refused(signing.call(signingCertify, input, first))
    expect(await refused(signing.call(signingCertify, input, first))).toBe('identity/code-locked')
    expect(await refused(certifyOnDevice(signing, first, V1))).toBe('done')
  })

  it('[SIG-4] asking again voids the nonce and the code before', async () => {
    const before = await prepared(first)
    await prepared(first)
    expect(await refused(signing.call(signingCertify, before.input, first))).toBe('signing/ask-again')
  })

  it('[SIG-4] a confirmation ends after ten minutes', async () => {
    const { input } = await prepared(first)
    signing.clock.set(signing.clock.now() + 10 * 60_000 + 1)
    expect(await refused(signing.call(signingCertify, input, first))).toBe('signing/ask-again')
  })

  it('[SIG-4] the mediator needs the password; a code does not help, nor the password a side', async () => {
    for (const person of [first, second]) await give(person, (await signOnDevice(signing, person, V1)).cms)
    const { input } = await prepared(mediator)
    expect(await refused(signing.call(signingCertify, { ...input, confirmation: { code: '000000' } }, mediator))).toBe(
      'identity/wrong-password',
    )
    expect(await refused(signing.call(signingCertify, { ...input, confirmation: { password: 'guess' } }, mediator))).toBe(
      'identity/wrong-password',
    )
    expect(await refused(signing.call(signingCertify, { ...input, confirmation: { password: PASSWORD } }, mediator))).toBe('done')
  })

  it('[IDE-29] wrong passwords slow the session that typed them; the right one is good afterwards', async () => {
    for (const person of [first, second]) await give(person, (await signOnDevice(signing, person, V1)).cms)
    const { input } = await prepared(mediator)
    const confirm = (password: string) => refused(signing.call(signingCertify, { ...input, confirmation: { password } }, mediator))
    for (let i = 0; i < 5; i++) expect(await confirm(`guess ${i}`)).toBe('identity/wrong-password')
    expect(await confirm(PASSWORD)).toBe('identity/slow-down')
    signing.clock.pass(5_000)
    expect(await confirm(PASSWORD)).toBe('done')
  })

  it('[SIG-4] the password opens nothing for a side', async () => {
    const { input } = await prepared(first)
    expect(await refused(signing.call(signingCertify, { ...input, confirmation: { password: PASSWORD } }, first))).toBe(
      'invalid confirmation',
    )
  })

  it('[SIG-5] a nonce is good for one certificate', async () => {
    const { input } = await certifyOnDevice(signing, first, V1)
    expect(await refused(signing.call(signingCertify, input, first))).toBe('signing/ask-again')
  })

  it('[SIG-5] two requests at once give one certificate', async () => {
    const { input } = await prepared(first)
    const answers = await Promise.all([
      refused(signing.call(signingCertify, input, first)),
      refused(signing.call(signingCertify, input, first)),
    ])
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
  })

  it('[SIG-5] another person’s nonce and code are none', async () => {
    const { input } = await prepared(first)
    expect(await refused(signing.call(signingCertify, input, second))).toBe('signing/ask-again')
  })

  const forgeries: readonly (readonly [string, (given: Awaited<ReturnType<typeof prepared>>) => Promise<object>])[] = [
    ['of another key', async () => ({ spki: base64((await makeOneTimeKey(subtle)).spki) })],
    ['for another person', async ({ key, nonce }) => proofFor(key, nonce, { participantId: idOf<ParticipantId>('somebody') })],
    ['for another version', async ({ key, nonce }) => proofFor(key, nonce, { versionId: OTHER })],
    ['over another nonce', async ({ key }) => proofFor(key, new Uint8Array(32), {})],
    ['of no key at all', async () => ({ spki: base64(new Uint8Array(91)) })],
    ['that is not base64', async () => ({ proof: 'A===' })],
  ]

  async function proofFor(key: Awaited<ReturnType<typeof prepared>>['key'], nonce: Uint8Array, other: object) {
    const binding = { caseId: signing.world.caseId, versionId: V1, participantId: first.id, ...other }
    return { proof: base64(await key.prove(binding, nonce)) }
  }

  it.each(forgeries)('[SIG-5] a proof %s is refused, and [SIG-6] the code stays good', async (_name, forge) => {
    const given = await prepared(first)
    const forged = { ...given.input, ...(await forge(given)) }
    expect(await refused(signing.call(signingCertify, forged, first))).toMatch(/^invalid (?:proof|spki)$/)
    expect(await refused(signing.call(signingCertify, given.input, first))).toBe('done')
  })

  it('[SIG-50] [SIG-23] nobody outside the version asks, certifies or downloads', async () => {
    const stranger: Person = { ...first, id: idOf<ParticipantId>('stranger') }
    const of = { caseId: signing.world.caseId, versionId: V1 }
    for (const route of [textDownload, pdfDownload, bundleDownload])
      expect(await refused(signing.call(route, of, stranger))).toBe('not-found')
    expect(await refused(signing.call(signingAsk, of, stranger))).toBe('not-found')
    expect(await refused(signing.call(signingAsk, { ...of, versionId: OTHER }, first))).toBe('not-found')
    expect(await refused(signing.call(signingAsk, { ...of, caseId: idOf<CaseId>('elsewhere') }, first))).toBe('not-found')
    expect(await refused(act(signing.log, stranger, versionDecline, { versionId: V1, to: 'all' }))).toBe('not-found')
  })
})

describe('what is handed in as a signature', () => {
  it('[SIG-10] over another PDF, [SIG-3] over another text, at another time: refused', async () => {
    const version = (await signing.view(first)).state(draftFold, 'all')?.versions[0]
    const wrongPdf = await signOnDevice(signing, first, V1, { pdfDigest: new Uint8Array(32) })
    expect(await refused(give(first, wrongPdf.cms))).toBe('signing/other-document')
    const wrongText = await signOnDevice(signing, first, V1, { textDigest: fromHex(version?.pdfDigest ?? '') })
    expect(await refused(give(first, wrongText.cms))).toBe('signing/other-text')
    const { key, certified } = await certifyOnDevice(signing, first, V1)
    const late = await key.signOnce({
      contentDigest: fromHex(certified.pdfDigest),
      textDigest: fromHex(certified.textDigest),
      signingTime: certified.signingTime + 60_000,
      certificateDer: fromBase64(certified.certificate),
    })
    expect(await refused(give(first, base64(late)))).toBe('signing/not-verified')
    await nothingGiven()
  })

  it('[SIG-10] under the certificate of another person, another authority, or an earlier one: refused', async () => {
    const others = await certifyOnDevice(signing, second, V1)
    expect(
      await refused(
        signOnDevice(signing, first, V1, { certificateDer: fromBase64(others.certified.certificate) }).then(({ cms }) => give(first, cms)),
      ),
    ).toBe('signing/not-verified')

    const making = { clock: signing.clock, entropy: seededEntropy('foreign'), name: 'bitim.example' }
    const foreign = await openAuthority(await makeAuthority(making))
    const { key, certified } = await certifyOnDevice(signing, first, V1)
    const certificateDer = await certifySigner(
      { authority: foreign, entropy: making.entropy },
      {
        spki: key.spki,
        name: 'Айгүл Серік',
        role: 'party',
        now: signing.clock.now(),
        caseId: signing.world.caseId,
        versionId: V1,
        participantId: first.id,
      },
    )
    const signingInput = {
      contentDigest: fromHex(certified.pdfDigest),
      textDigest: fromHex(certified.textDigest),
      signingTime: certified.signingTime,
    }
    expect(await refused(give(first, base64(await key.signOnce({ ...signingInput, certificateDer }))))).toBe('signing/not-verified')

    const early = await signOnDevice(signing, first, V1)
    await certifyOnDevice(signing, first, V1)
    expect(await refused(give(first, early.cms))).toBe('signing/not-verified')
    await nothingGiven()
  })

  it('[SIG-10] one’s signature sent by another person is refused', async () => {
    const { cms } = await signOnDevice(signing, first, V1)
    await certifyOnDevice(signing, second, V1)
    expect(await refused(give(second, cms))).toBe('signing/not-verified')
    await nothingGiven()
  })

  it('[SIG-10] damaged, cut and random bytes are refused without harm', async () => {
    const { cms } = await signOnDevice(signing, first, V1)
    const bytes = fromBase64(cms)
    for (let at = 0; at < bytes.length; at += 97) {
      const changed = new Uint8Array(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      expect(await refused(give(first, base64(changed)))).toMatch(/^signing\//)
      expect(await refused(give(first, base64(bytes.subarray(0, at + 1))))).toMatch(/^signing\//)
    }
    expect(await refused(give(first, 'AAA'))).toMatch(/^(?:invalid cms|signing\/not-verified)$/)
    expect(await refused(give(first, base64(new Uint8Array(20_000))))).toBe('invalid cms')
    expect(await refused(give(first, cms))).toBe('done')
  })

  it('[SIG-11] a withdrawn signature cannot be sent again', async () => {
    const { cms } = await signOnDevice(signing, first, V1)
    await give(first, cms)
    await act(signing.log, first, signatureWithdraw, { versionId: V1 })
    expect(await refused(give(first, cms))).toBe('signing/ask-again')
  })

  it('[SIG-11] a certificate not used within ten minutes is worth nothing', async () => {
    const { cms } = await signOnDevice(signing, first, V1)
    signing.clock.set(signing.clock.now() + 10 * 60_000 + 1)
    expect(await refused(give(first, cms))).toBe('signing/ask-again')
  })

  it('[SIG-16] the same command again gives the first answer and no second signature', async () => {
    const { cms } = await signOnDevice(signing, first, V1)
    const id = newCommandId()
    const once = await act(signing.log, first, signatureGive, { versionId: V1, cms }, { id })
    expect(await act(signing.log, first, signatureGive, { versionId: V1, cms }, { id })).toEqual(once)
    expect(await refused(give(first, cms))).toBe('signing/already-signed')
    expect((await signing.view(first)).state(ownSigningFold, directAudience(first.id))?.given).toHaveLength(1)
  })
})
