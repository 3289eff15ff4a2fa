// Who signs: nobody comes in as somebody else after the text was closed and signs for them; no code goes through hands that it need not.
import { webcrypto } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { act } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { AccessChange } from '#shared/identity/access-protocol.ts'
import { accessFold } from '#shared/identity/access-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { codeContactAsk, codeContactConfirm, codeContactLook, codeContactRemove } from '#shared/signing/code-contact-routes.ts'
import { signatureGive, versionReopen } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, signingAsk } from '#shared/signing/signing-routes.ts'
import { ownSigningFold, standingOf } from '#shared/signing/signing-state.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { certifyOnDevice, signOnDevice } from './testing/signing-device.ts'
import { documentWith, type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
const V2 = asId<VersionId>('version-2_____________')
const [PHONE, TABLET, LATE, LATER] = ['phone', 'tablet', 'late', 'later'].map((name) => name.padEnd(22, '_')) as [
  string,
  string,
  string,
  string,
] // four names
const MAIL = { way: 'mail', address: 'aigul@example.kz' } as const

let keys: InstallationKeys
let storage: Storage
let signing: SigningWorld
let first: Person
let second: Person
let mediator: Person
const opened: { storage: Storage; signing: SigningWorld }[] = []

beforeAll(async () => {
  keys = await installationKeys()
})
beforeEach(async () => {
  storage = await memoryStorage()
  signing = await signingWorld({ storage, keys })
  opened.push({ storage, signing })
  const [one, other] = signing.world.people
  ;[first, second, mediator] = [one, other, signing.world.mediator]
})
afterAll(async () => {
  for (const each of opened) {
    await each.signing.settle()
    await each.storage.close()
  }
})

const note = (change: AccessChange, person = first) =>
  signing.access.note({ caseId: signing.world.caseId, participantId: person.id }, change)
const bind = (deviceId: string, person = first) =>
  note({ what: 'device-bound', deviceId, device: `Chrome, ${deviceId.replaceAll('_', '')}`, code: 'read-out' }, person)
const asked = (device: string, versionId = V1, person = first) =>
  refusal(signing.call(signingAsk, { caseId: signing.world.caseId, versionId }, person, device))
const call = <R extends typeof codeContactAsk | typeof codeContactConfirm | typeof codeContactLook | typeof codeContactRemove>(
  route: R,
  input: object,
  device = PHONE,
  person = first,
) => signing.call(route, { caseId: signing.world.caseId, ...input } as never, person, device)

async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'done',
    (error: { problem?: { kind: string; reason?: string } }) => error.problem?.reason ?? error.problem?.kind ?? String(error),
  )
}

async function confirmMail(device = PHONE): Promise<void> {
  await call(codeContactAsk, { contact: MAIL }, device)
  await call(codeContactConfirm, { code: signing.sent.at(-1)?.code }, device)
}

describe('a device that comes in after the text was closed', () => {
  it('[SIG-93] does not sign: neither is a code made for it, nor a key certified', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    expect(await asked(PHONE)).toBe('done')
    await note({ what: 'link-made', by: mediator.id })
    await bind(LATE)
    expect(await asked(LATE)).toBe('signing/new-device')
    await signing.call(signingAsk, { caseId: signing.world.caseId, versionId: V1 }, first, PHONE)
    expect(await refusal(certifyOnDevice(signing, first, V1, { device: LATE }))).toBe('signing/new-device')
  })

  it('[SIG-93] signs once an earlier device that may sign has said it is the same person’s; not on the word of another late one', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    await bind(LATE)
    await bind(LATER)
    await note({ what: 'device-confirmed', deviceId: LATER, with: LATE })
    expect([await asked(LATE), await asked(LATER)]).toEqual(['signing/new-device', 'signing/new-device'])
    await note({ what: 'device-confirmed', deviceId: LATE, with: PHONE })
    expect([await asked(LATE), await asked(LATER)]).toEqual(['done', 'done'])
  })

  it('[SIG-93] signs a text that is closed anew; whoever came before the closing signs at once, however many', async () => {
    await bind(PHONE)
    await bind(TABLET)
    await signing.freeze(V1)
    await bind(LATE)
    expect([await asked(TABLET), await asked(LATE)]).toEqual(['done', 'signing/new-device'])
    await act(signing.log, mediator, versionReopen, { versionId: V1, reason: 'Другой телефон' })
    await signing.freeze(V2, documentWith('Тот же срок.'))
    expect(await asked(LATE, V2)).toBe('done')
  })

  it('[SIG-93] follows the order of what happened, not a clock that was set back', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    signing.clock.set(signing.clock.now() - 86_400_000)
    await bind(LATE)
    expect(await asked(LATE)).toBe('signing/new-device')
  })

  it('[SIG-93] a device of another person is no matter of this one', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    await bind(LATE, second)
    expect(await asked(PHONE)).toBe('done')
    expect(await asked(LATE, V1, second)).toBe('signing/new-device')
  })
})

describe('codes for signing', () => {
  it('[SIG-94] go to the address that the person has confirmed on their own device, and to nobody who reads out', async () => {
    await bind(PHONE)
    expect(await call(codeContactLook, {})).toEqual({ confirmed: null, known: { mail: 'known@example.kz', sms: '' }, ways: ['mail'] })
    await confirmMail()
    expect(signing.sent[0]).toMatchObject({ ...MAIL, for: 'contact' })
    expect(await call(codeContactLook, {})).toMatchObject({ confirmed: MAIL })
    await signing.freeze(V1)
    const { confirm } = await signing.call(signingAsk, { caseId: signing.world.caseId, versionId: V1 }, first, PHONE)
    expect(confirm).toBe('mail')
    expect(signing.sent[1]).toMatchObject({ ...MAIL, for: 'sign' })
    expect(await signing.codes.toReadOut(signing.world.caseId)).toEqual([])
    const { cms } = await signOnDevice(signing, first, V1, { device: PHONE, code: () => signing.sent.at(-1)?.code ?? '' })
    await act(signing.log, first, signatureGive, { versionId: V1, cms })
    const own = standingOf((await signing.view(first)).state(ownSigningFold, directAudience(first.id)), V1)
    expect(own?.method.confirmation).toBe('code-by-mail')
  })

  it('[SIG-94] are read out where nothing is confirmed, or the person has taken it back; the mediator is told, without the address', async () => {
    await bind(PHONE)
    await confirmMail()
    await call(codeContactRemove, {})
    await signing.freeze(V1)
    const { confirm } = await signing.call(signingAsk, { caseId: signing.world.caseId, versionId: V1 }, first, PHONE)
    expect(confirm).toBe('read-out')
    const told = (await signing.view(mediator)).state(accessFold, directAudience(first.id))?.entries.map(({ what }) => what)
    expect(told).toEqual(['device-bound', 'contact-confirmed', 'contact-removed'])
    expect(JSON.stringify(await signing.log.readAs(signing.world.caseId, mediator.id, directAudience(first.id), 0, 500))).not.toContain(
      'aigul@',
    )
  })

  it('[SIG-94] go nowhere else on the word of a device that came after the closing', async () => {
    await bind(PHONE)
    await confirmMail()
    await signing.freeze(V1)
    await bind(LATE)
    const thief = { way: 'mail', address: 'thief@example.kz' }
    expect(await refusal(call(codeContactAsk, { contact: thief }, LATE))).toBe('signing/new-device')
    expect(await refusal(call(codeContactRemove, {}, LATE))).toBe('signing/new-device')
    expect(await call(codeContactLook, {})).toMatchObject({ confirmed: MAIL })
  })

  it('[SIG-94] a code proves one address alone, and only who asked for it', async () => {
    await bind(PHONE)
    await call(codeContactAsk, { contact: MAIL })
    const code = signing.sent.at(-1)?.code
    await call(codeContactAsk, { contact: { way: 'mail', address: 'other@example.kz' } })
    expect(await refusal(call(codeContactConfirm, { code }))).toBe('identity/wrong-code')
    expect(await refusal(call(codeContactConfirm, { code: signing.sent.at(-1)?.code }, PHONE, second))).toBe('identity/code-missing')
    expect(await refusal(call(codeContactAsk, { contact: { way: 'sms', address: '+77010000000' } }))).toBe('identity/no-gateway')
    expect(await refusal(call(codeContactLook, {}, PHONE, mediator))).toBe('not-found')
  })
})

it('[SIG-95] the certificate tells how each signer got in: links, devices, codes and who knew them, contacts; and no address', async () => {
  await note({ what: 'link-made', by: mediator.id })
  await bind(PHONE)
  await note({ what: 'contacts-changed', by: mediator.id, contacts: ['email'] })
  await confirmMail()
  await signing.freeze(V1)
  await bind(LATE)
  await note({ what: 'device-confirmed', deviceId: LATE, with: PHONE })
  const code = () => signing.sent.at(-1)?.code ?? ''
  for (const [person, options] of [
    [first, { device: LATE, code }],
    [second, {}],
    [mediator, {}],
  ] as const) {
    const { cms } = await signOnDevice(signing, person, V1, options)
    await act(signing.log, person, signatureGive, { versionId: V1, cms })
  }
  await signing.settle()
  const { bytes } = await signing.download(bundleDownload, { versionId: V1 }, second)
  const report = await verifyBundle(webcrypto.subtle, bytes, { certificateDer: signing.authority.certificateDer })
  expect(report.overall).toBe('valid')
  expect(report.completion?.access?.map(({ what, by, device, way }) => [what, by, device, way])).toEqual([
    ['link-made', 'Ерлан Омаров', undefined, undefined],
    ['device-bound', undefined, 'Chrome, phone', 'read-out'],
    ['contacts-changed', 'Ерлан Омаров', undefined, undefined],
    ['contact-confirmed', undefined, 'Chrome, phone', 'mail'],
    ['device-bound', undefined, 'Chrome, late', 'read-out'],
    ['device-confirmed', undefined, 'Chrome, late', undefined],
  ])
  // The parts are stored as they are.
  expect(Buffer.from(bytes).toString('latin1')).not.toContain('aigul@')
})
