import { createHash, webcrypto } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { storedBytes } from '#server/storage/contracts/samples.ts'
import type { Storage } from '#server/storage/ports.ts'
import { act } from '#server/testing/case-world.ts'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personCorrect, personEnd } from '#shared/cases/people-protocol.ts'
import { draftFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience, signersAudience } from '#shared/kernel/audience.ts'
import { fromBase64, fromUtf8, hex } from '#shared/kernel/bytes.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { readZip } from '#shared/signing/bundle/stored-zip.ts'
import { readCertificate } from '#shared/signing/cms/certificate.ts'
import { verifySeal } from '#shared/signing/seal.ts'
import { payloadOf } from '#shared/signing/seal-payload.ts'
import { signersFold } from '#shared/signing/signers-state.ts'
import { paperRecord, signatureGive, signatureWithdraw, versionDecline, versionReopen } from '#shared/signing/signing-protocol.ts'
import {
  authorityDownload,
  authorityLook,
  bundleDownload,
  paperDownload,
  pdfDownload,
  textDownload,
} from '#shared/signing/signing-routes.ts'
import { agreementFold, ownSigningFold, standingOf } from '#shared/signing/signing-state.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { openSealingKey } from './authority/authority.ts'
import { frozenBefore } from './testing/frozen-before.ts'
import { certifyOnDevice, signOnDevice } from './testing/signing-device.ts'
import { documentWith, type InstallationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
const V2 = asId<VersionId>('version-2_____________')
const subtle = webcrypto.subtle

let keys: InstallationKeys
let storage: Storage
let signing: SigningWorld
let first: Person
let second: Person
let mediator: Person

frozenBefore(V1, (frozen) => {
  ;({ keys, storage, signing, first, second, mediator } = frozen)
})

async function give(person: Person, versionId: VersionId = V1) {
  const { cms } = await signOnDevice(signing, person, versionId)
  await act(signing.log, person, signatureGive, { versionId, cms })
  return cms
}

async function ownOf(person: Person) {
  return (await signing.view(person)).state(ownSigningFold, directAudience(person.id))
}

function refused(promise: Promise<unknown>) {
  return promise.then(
    () => 'done',
    (error: { problem?: { kind: string; reason?: string } }) => error.problem?.reason ?? error.problem?.kind ?? String(error),
  )
}

describe('a signature', () => {
  it('[CAS-46] the frozen record, and the certificate that is made of it, names the number of the case', async () => {
    expect((await signing.view(mediator)).state(signersFold, signersAudience(V1))?.frozen?.caseNumber).toBe('2026-000014')
  })

  it('[SIG-2] the frozen version is sealed before anybody signs, naming its signers', async () => {
    const frozen = (await signing.view(mediator)).state(signersFold, signersAudience(V1))?.frozen
    if (!frozen) throw new Error('not sealed')
    expect(frozen.signers.map(({ name, role, side }) => [name, role, side])).toEqual([
      ['Айгүл Серік', 'party', 'Сторона 1'],
      ['Павел Ким', 'party', 'Сторона 2'],
      ['Ерлан Омаров', 'mediator', undefined],
    ])
    expect(frozen.languages).toEqual(['kk', 'ru'])
    const { certificateDer } = await openSealingKey(keys.sealing)
    const sealed = { caseId: signing.world.caseId, kind: 'frozen' as const, payload: payloadOf(frozen), seal: frozen.seal }
    expect(await verifySeal(subtle, readCertificate(certificateDer).spki, sealed)).toBe(true)
  })

  it('[SIG-1] each side signs by its parties who are there, the mediator last', async () => {
    const versions = (await signing.view(first)).state(draftFold, 'all')?.versions
    expect(versions?.[0]?.signers).toEqual([first.id, second.id, mediator.id])
  })

  it('[SIG-3] a signer can read and save text and PDF before signing; they are the bytes that the code names', async () => {
    const version = (await signing.view(first)).state(draftFold, 'all')?.versions[0]
    const text = await signing.download(textDownload, { versionId: V1 }, first)
    const pdf = await signing.download(pdfDownload, { versionId: V1 }, first)
    expect(fromUtf8(text.bytes)).toContain('1 840 000 ₸')
    expect(createHash('sha256').update(text.bytes).digest('hex')).toBe(version?.textDigest)
    expect(createHash('sha256').update(pdf.bytes).digest('hex')).toBe(version?.pdfDigest)
    expect(pdf.fileName).toBe(`bitim-${version?.textCode.replaceAll(' ', '')}.pdf`)
  })

  it('[SIG-12] is recorded in the line of its signer and the mediator, sealed with the server time', async () => {
    signing.clock.set(signing.clock.now() + 61_234)
    const cms = await give(first)
    const given = standingOf(await ownOf(first), V1)
    if (!given) throw new Error('not recorded')
    expect(given.signedAt).toBe(signing.clock.now())
    expect(given.signatureDigest).toBe(`sha-256:${createHash('sha256').update(fromBase64(cms)).digest('hex')}`)
    expect(given.scheme).toBe('bitim-p256-cms/1')
    const { certificateDer } = await openSealingKey(keys.sealing)
    const { fileId: _file, at: _at, withdrawnAt: _withdrawn, seal, ...rest } = given
    const payload = { record: 'signature', participantId: first.id, signature: cms, ...rest }
    expect(
      await verifySeal(subtle, readCertificate(certificateDer).spki, { caseId: signing.world.caseId, kind: 'signature', payload, seal }),
    ).toBe(true)
    expect((await signing.view(mediator)).state(ownSigningFold, directAudience(first.id))?.given).toHaveLength(1)
  })

  it('[SIG-7] says who read the text aloud and in which language', async () => {
    const { cms } = await signOnDevice(signing, first, V1, { read: { how: 'read-to-me', by: 'Ерлан Омаров', language: 'kk' } })
    await act(signing.log, first, signatureGive, { versionId: V1, cms })
    expect(standingOf(await ownOf(first), V1)?.method).toEqual({
      read: { by: 'Ерлан Омаров', language: 'kk' },
      confirmation: 'code-read-out',
    })
  })

  it('[SIG-14] [SIG-23] rests encrypted, and no download carries it before release', async () => {
    const cms = Buffer.from(fromBase64(await give(first)))
    const given = standingOf(await ownOf(first), V1)
    const resting = given && (await storedBytes(storage.files, given.fileId))
    expect(resting?.length).toBeGreaterThan(cms.length)
    expect(resting?.includes(cms.subarray(0, 64))).toBe(false)
    for (const person of [first, second, mediator]) {
      for (const route of [textDownload, pdfDownload, paperDownload]) {
        expect(Buffer.from((await signing.download(route, { versionId: V1 }, person)).bytes).includes(cms.subarray(0, 64))).toBe(false)
      }
      expect(await refused(signing.download(bundleDownload, { versionId: V1 }, person))).toBe('not-found')
    }
  })

  it('[SIG-15] can be withdrawn until release and given anew; the withdrawn bytes are gone, the fact stays', async () => {
    await give(first)
    const before = standingOf(await ownOf(first), V1)
    await act(signing.log, first, signatureWithdraw, { versionId: V1 })
    await signing.settle()
    expect(before && (await storage.files.has(before.fileId))).toBe(false)
    expect(await refused(act(signing.log, first, signatureWithdraw, { versionId: V1 }))).toBe('signing/not-signed')
    await give(first)
    const own = await ownOf(first)
    expect(own?.given).toHaveLength(2)
    expect(standingOf(own, V1)?.fileId).not.toBe(before?.fileId)
  })

  it('[SIG-16] a second one of the same person is refused', async () => {
    await give(first)
    expect(await refused(certifyOnDevice(signing, first, V1))).toBe('signing/already-signed')
  })
})

describe('the release', () => {
  it('[SIG-20] the mediator cannot be certified nor sign while somebody has not signed', async () => {
    await give(first)
    expect(await refused(certifyOnDevice(signing, mediator, V1))).toBe('signing/others-first')
  })

  it('[SIG-20] a signature that is withdrawn while the mediator signs holds the release', async () => {
    await give(first)
    await give(second)
    const { cms } = await signOnDevice(signing, mediator, V1)
    await act(signing.log, second, signatureWithdraw, { versionId: V1 })
    expect(await refused(act(signing.log, mediator, signatureGive, { versionId: V1, cms }))).toBe('signing/others-first')
  })

  it('[SIG-20] the signature of somebody who was taken out of the case does not count', async () => {
    await give(first)
    await give(second)
    await act(signing.log, mediator, personEnd, { participantId: second.id })
    expect(await refused(certifyOnDevice(signing, mediator, V1))).toBe('signing/others-first')
    expect(await refused(act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'Состав сторон изменился' }))).toBe('done')
  })

  it('[SIG-21] one commit carries everybody’s signature, the release and the end of the mediation', async () => {
    await give(second)
    await give(first)
    await give(mediator)
    const release = signing.committed.find(({ events }) => events.some((event) => event.type === 'agreement:released'))
    expect(release?.events.map((event) => [event.type, event.audience])).toEqual([
      ['signature:sealed', signersAudience(V1)],
      ['signature:sealed', signersAudience(V1)],
      ['signature:sealed', signersAudience(V1)],
      ['release:sealed', signersAudience(V1)],
      ['agreement:released', 'all'],
      ['mediation:ended', 'case'],
    ])
    const view = await signing.view(first)
    expect(view.state(caseFold, 'case')?.ended?.ground).toBe('settled')
    expect(view.state(signersFold, signersAudience(V1))?.signatures.map(({ participantId }) => participantId)).toEqual([
      first.id,
      second.id,
      mediator.id,
    ])
  })

  it('[DOC-38] a name that was corrected before the release stands in the bundle with what was and when; one corrected later does not', async () => {
    const correct = (name: string) => act(signing.log, mediator, personCorrect, { participantId: first.id, name, language: 'kk' })
    await correct('Айгүл Серікқызы')
    for (const person of [first, second, mediator]) await give(person)
    await correct('Айгүл Серік-Ким')
    const { bytes } = await signing.download(bundleDownload, { versionId: V1 }, second)
    const report = await verifyBundle(subtle, bytes, { certificateDer: signing.authority.certificateDer })
    expect(report.overall).toBe('valid')
    expect(report.completion?.corrections).toEqual([
      { participantId: first.id, was: 'Айгүл Серік', is: 'Айгүл Серікқызы', correctedAt: expect.stringMatching(/\+05:00$/) },
    ])
  })

  it('[SIG-22] everybody can save the same bundle, whichever server makes it; [SIG-24] it verifies with every signature', async () => {
    await give(first)
    await give(second)
    await give(mediator)
    const copies = []
    for (const person of [first, second, mediator]) copies.push((await signing.download(bundleDownload, { versionId: V1 }, person)).bytes)
    const digests = new Set(copies.map((bytes) => createHash('sha256').update(bytes).digest('hex')))
    expect(digests.size).toBe(1)
    const agreed = (await signing.view(first)).state(agreementFold, 'all')?.agreed
    if (agreed?.kind !== 'released') throw new Error('not released')
    await storage.files.delete(agreed.bundleFileId)
    const other = await signingWorld({ storage, keys, again: true, seed: 'another server', lazy: true })
    const again = await other.download(bundleDownload, { versionId: V1 }, second)
    expect(createHash('sha256').update(again.bytes).digest('hex')).toBe([...digests][0])

    const report = await verifyBundle(subtle, again.bytes, { certificateDer: signing.authority.certificateDer })
    expect(report.parts.filter(({ state }) => state !== 'ok')).toEqual([])
    expect(report.overall).toBe('valid')
    expect(report.completion?.signers.map(({ name, method }) => [name, method.confirmation])).toEqual([
      ['Айгүл Серік', 'code-read-out'],
      ['Павел Ким', 'code-read-out'],
      ['Ерлан Омаров', 'password'],
    ])
    const files = readZip(again.bytes)
    expect(files.ok && files.files.filter(({ name }) => name.endsWith('.p7s'))).toHaveLength(3)
  })

  it('[SIG-14] after release the bytes rest in the chain alone', async () => {
    await give(first)
    const given = standingOf(await ownOf(first), V1)
    await give(second)
    await give(mediator)
    await signing.settle()
    expect(given && (await storage.files.has(given.fileId))).toBe(false)
  })

  it('[SIG-51] nothing more can be done with a released version', async () => {
    await give(first)
    await give(second)
    await give(mediator)
    expect(await refused(act(signing.log, first, signatureWithdraw, { versionId: V1 }))).toBe('signing/agreed')
    expect(await refused(act(signing.log, first, versionDecline, { versionId: V1, to: 'all' }))).toBe('signing/agreed')
    expect(await refused(act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'нет' }))).toBe('signing/agreed')
    expect(await refused(certifyOnDevice(signing, first, V1))).toBe('signing/agreed')
  })

  it('[SIG-24] the authority is public', async () => {
    const look = await signing.call(authorityLook, {}, first)
    expect(look.sha256).toBe(hex(createHash('sha256').update(signing.authority.certificateDer).digest()))
    expect(look.name).toBe('Bitim bitim.example')
    expect(fromUtf8((await signing.call(authorityDownload, {}, first)).bytes)).toContain('BEGIN CERTIFICATE')
  })
})

describe('no', () => {
  it('[SIG-30] a reason for the mediator alone opens the draft for all and stays in one line', async () => {
    await give(second)
    await act(signing.log, first, versionDecline, { versionId: V1, reason: 'Срок слишком короткий', clause: '2', to: 'mediator' })
    await signing.settle()
    expect((await signing.view(second)).state(draftFold, 'all')?.phase.kind).toBe('open')
    expect((await signing.view(mediator)).state(ownSigningFold, directAudience(first.id))?.declined[0]).toMatchObject({
      reason: 'Срок слишком короткий',
      clause: '2',
    })
    const seen = await signing.log.readAs(signing.world.caseId, second.id, 'all', 0, 500)
    expect(JSON.stringify(seen)).not.toContain('Срок')
  })

  it('[SIG-30] a reason for all is read by all, and none is demanded', async () => {
    await act(signing.log, first, versionDecline, { versionId: V1, reason: 'Сумма', to: 'all' })
    expect((await signing.view(second)).state(agreementFold, 'all')?.declined[0]).toMatchObject({ by: first.id, reason: 'Сумма' })
    await signing.freeze(V2, documentWith('Другой текст.'))
    await act(signing.log, second, versionDecline, { versionId: V2, to: 'mediator' })
    expect((await ownOf(second))?.declined[0]?.reason).toBeUndefined()
  })

  it('[SIG-31] the mediator opens the text again and says why; nobody else can', async () => {
    expect(await refused(act(signing.log, first, versionReopen, { versionId: V1, reason: 'x' }))).toBe('forbidden')
    await act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'Исправим дату' })
    const view = await signing.view(second)
    expect(view.state(agreementFold, 'all')?.recalled[0]?.reason).toBe('Исправим дату')
    expect(view.state(draftFold, 'all')?.lastOpened).toMatchObject({ kind: 'reopened', versionId: V1 })
  })

  it('[SIG-32] the signatures of a fallen version are void, their bytes destroyed, their fact kept', async () => {
    await give(first)
    const given = standingOf(await ownOf(first), V1)
    await act(signing.log, second, versionDecline, { versionId: V1, to: 'all' })
    await signing.settle()
    expect(given && (await storage.files.has(given.fileId))).toBe(false)
    expect((await ownOf(first))?.given).toHaveLength(1)
  })

  it('[SIG-33] a fallen version is never signed again, and the next one starts without signatures', async () => {
    await give(first)
    const late = await signOnDevice(signing, second, V1)
    await act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'Исправим дату' })
    expect(await refused(act(signing.log, second, signatureGive, { versionId: V1, cms: late.cms }))).toBe('signing/reopened')
    await signing.freeze(V2, documentWith('Исправленный текст.'))
    expect(await refused(act(signing.log, second, signatureGive, { versionId: V1, cms: late.cms }))).toBe('signing/reopened')
    expect(await refused(act(signing.log, second, signatureGive, { versionId: V2, cms: late.cms }))).toBe('signing/ask-again')
    expect(await refused(certifyOnDevice(signing, mediator, V2))).toBe('signing/others-first')
    for (const person of [first, second, mediator]) await give(person, V2)
    expect((await signing.view(first)).state(agreementFold, 'all')?.agreed).toMatchObject({ kind: 'released', versionId: V2 })
  })

  it('[SIG-51] a side that leaves ends it: standing signatures are destroyed', async () => {
    await give(first)
    const given = standingOf(await ownOf(first), V1)
    await act(signing.log, second, mediationLeave, {})
    await signing.settle()
    expect(given && (await storage.files.has(given.fileId))).toBe(false)
    expect(await refused(act(signing.log, first, signatureWithdraw, { versionId: V1 }))).toBe('signing/ended')
  })
})

describe('paper', () => {
  const paper = { versionId: V1, signedOn: '2026-11-22', place: 'Петропавловск' }

  it('[SIG-40] is recorded only while no signature stands, and ends the mediation', async () => {
    await give(first)
    expect(await refused(act(signing.log, mediator, paperRecord, paper))).toBe('signing/signature-stands')
    await act(signing.log, first, signatureWithdraw, { versionId: V1 })
    await act(signing.log, mediator, paperRecord, paper)
    const view = await signing.view(second)
    expect(view.state(agreementFold, 'all')?.agreed).toMatchObject({ kind: 'paper', signedOn: '2026-11-22', place: 'Петропавловск' })
    expect(view.state(caseFold, 'case')?.ended?.ground).toBe('settled')
    expect(await refused(certifyOnDevice(signing, second, V1))).toBe('signing/agreed')
    expect(await refused(signing.download(bundleDownload, { versionId: V1 }, second))).toBe('not-found')
  })

  it('[SIG-41] day and place are plausible, and the paper carries names and code', async () => {
    for (const signedOn of ['2026-11-21', '2026-11-23']) {
      expect(await refused(act(signing.log, mediator, paperRecord, { ...paper, signedOn }))).toBe('signing/day')
    }
    const printed = await signing.download(paperDownload, { versionId: V1 }, first)
    expect(printed.bytes.length).toBeGreaterThan((await signing.download(pdfDownload, { versionId: V1 }, first)).bytes.length)
    expect(printed.fileName).toMatch(/^bitim-\d{12}\.paper\.pdf$/)
    await act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'Исправим дату' })
    expect(await refused(signing.download(paperDownload, { versionId: V1 }, first))).toBe('signing/reopened')
  })

  it('[SIG-50] only the mediator records it', async () => {
    expect(await refused(act(signing.log, first, paperRecord, paper))).toBe('forbidden')
  })
})
