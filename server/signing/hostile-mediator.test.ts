// A mediator with all their rights and a client of their own tries to sign as somebody of a side, or to make the certificate say less.
import { webcrypto } from 'node:crypto'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { act } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { AccessChange } from '#shared/identity/access-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { codeContactAsk, codeContactConfirm, codeContactLook } from '#shared/signing/code-contact-routes.ts'
import { signatureGive } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, signingAsk } from '#shared/signing/signing-routes.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { signOnDevice } from './testing/signing-device.ts'
import { type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
const [PHONE, THEIRS, SECOND] = ['phone', 'theirs', 'second'].map((name) => name.padEnd(22, '_')) as [string, string, string] // three names
const MAIL = { way: 'mail', address: 'aigul@example.kz' } as const
const OTHER_MAIL = { way: 'mail', address: 'mediator@example.kz' } as const

let keys: InstallationKeys
let storage: Storage
let signing: SigningWorld
let first: Person
let second: Person
let mediator: Person

beforeAll(async () => {
  keys = await installationKeys()
})
beforeEach(async () => {
  storage = await memoryStorage()
  signing = await signingWorld({ storage, keys })
  const [one, other] = signing.world.people
  ;[first, second, mediator] = [one, other, signing.world.mediator]
})
afterEach(async () => {
  await signing.settle()
  await storage.close()
})

const note = (change: AccessChange) => signing.access.note({ caseId: signing.world.caseId, participantId: first.id }, change)
const bind = (deviceId: string) =>
  note({ what: 'device-bound', deviceId, device: `Chrome, ${deviceId.replaceAll('_', '')}`, code: 'read-out' })
const disown = (deviceId: string) => note({ what: 'device-ended', deviceId, by: first.id })
const look = (device: string) => signing.call(codeContactLook, { caseId: signing.world.caseId }, first, device)
const asked = (device: string) => refusal(signing.call(signingAsk, { caseId: signing.world.caseId, versionId: V1 }, first, device))
const give = (person: Person, cms: string) => refusal(act(signing.log, person, signatureGive, { versionId: V1, cms }))

async function confirm(contact: typeof MAIL | typeof OTHER_MAIL, device: string): Promise<void> {
  const { caseId } = signing.world
  await signing.call(codeContactAsk, { caseId, contact }, first, device)
  await signing.call(codeContactConfirm, { caseId, code: signing.sent.at(-1)?.code ?? '' }, first, device)
}

async function refusal(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'done',
    (error: { problem?: { kind: string; reason?: string } }) => error.problem?.reason ?? error.problem?.kind ?? String(error),
  )
}

async function toldAtRelease(device: string) {
  for (const [person, options] of [
    [first, { device }],
    [second, {}],
    [mediator, {}],
  ] as const)
    expect(await give(person, (await signOnDevice(signing, person, V1, options)).cms)).toBe('done')
  await signing.settle()
  const { bytes } = await signing.download(bundleDownload, { versionId: V1 }, second)
  const report = await verifyBundle(webcrypto.subtle, bytes, { certificateDer: signing.authority.certificateDer })
  expect(report.overall).toBe('valid')
  return report.completion?.access?.map(({ what, device: words }) => [what, words])
}

describe('the certificate', () => {
  it('[SIG-140] tells of the device that signed, however many links are made and addresses changed before and after', async () => {
    await bind(PHONE)
    await note({ what: 'link-made', by: mediator.id })
    await bind(THEIRS)
    for (let i = 0; i < 520; i++) {
      await note({ what: 'link-made', by: mediator.id })
      await note({ what: 'contacts-changed', by: mediator.id, contacts: ['phone'] })
    }
    await signing.freeze(V1)
    expect(await toldAtRelease(THEIRS)).toEqual([
      ['device-bound', 'Chrome, phone'],
      ['link-made', undefined],
      ['device-bound', 'Chrome, theirs'],
      ['link-made', undefined],
      ['contacts-changed', undefined],
    ])
  })
})

describe('a device that its person has disowned', () => {
  it('[SIG-141] has signed nothing that comes in afterwards, by whatever hands', async () => {
    await bind(PHONE)
    await bind(THEIRS)
    await signing.freeze(V1)
    const { cms } = await signOnDevice(signing, first, V1, { device: THEIRS })
    await disown(THEIRS)
    expect(await give(first, cms)).toBe('signing/ask-again')
    expect(await give(first, (await signOnDevice(signing, first, V1, { device: PHONE })).cms)).toBe('done')
  })

  it('[SIG-141] has answered for no other', async () => {
    await bind(PHONE)
    await bind(THEIRS)
    await signing.freeze(V1)
    await bind(SECOND)
    await note({ what: 'device-confirmed', deviceId: SECOND, with: THEIRS })
    await disown(THEIRS)
    expect(await asked(SECOND)).toBe('signing/new-device')
    await note({ what: 'device-confirmed', deviceId: SECOND, with: PHONE })
    expect(await asked(SECOND)).toBe('done')
  })

  it('[SIG-141] nor does a signature count of one that was answered for by it alone', async () => {
    await bind(PHONE)
    await bind(THEIRS)
    await signing.freeze(V1)
    await bind(SECOND)
    await note({ what: 'device-confirmed', deviceId: SECOND, with: THEIRS })
    const { cms } = await signOnDevice(signing, first, V1, { device: SECOND })
    await disown(THEIRS)
    expect(await give(first, cms)).toBe('signing/ask-again')
  })

  it('[SIG-141] thirty late devices that all answer for each other keep nobody waiting, and sign nothing', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    const late = Array.from({ length: 30 }, (_, at) => `late${at}`.padEnd(22, '_'))
    for (const each of late) await bind(each)
    for (const [at, each] of late.entries())
      for (const by of late.slice(0, at)) await note({ what: 'device-confirmed', deviceId: each, with: by })
    expect(await asked(late.at(-1) ?? '')).toBe('signing/new-device')
    await note({ what: 'device-confirmed', deviceId: late[0] ?? '', with: PHONE })
    expect(await asked(late.at(-1) ?? '')).toBe('done')
  })

  it('[SIG-141] a word that counts is not undone by one that does not', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    await bind(THEIRS)
    await bind(SECOND)
    await note({ what: 'device-confirmed', deviceId: SECOND, with: PHONE })
    await note({ what: 'device-confirmed', deviceId: SECOND, with: THEIRS })
    expect([await asked(THEIRS), await asked(SECOND)]).toEqual(['signing/new-device', 'done'])
  })

  it('[SIG-142] has named no address: codes do not go there, and nothing says that they do', async () => {
    await bind(PHONE)
    await bind(THEIRS)
    await confirm(OTHER_MAIL, THEIRS)
    await disown(THEIRS)
    expect(await look(PHONE)).toMatchObject({ confirmed: null })
    await signing.freeze(V1)
    const before = signing.sent.length
    const { confirm: way } = await signing.call(signingAsk, { caseId: signing.world.caseId, versionId: V1 }, first, PHONE)
    expect([way, signing.sent.length]).toEqual(['read-out', before])
    await confirm(MAIL, PHONE)
    expect(await look(PHONE)).toMatchObject({ confirmed: MAIL })
  })

  it('[SIG-142] a lost device that the mediator ends takes no address along', async () => {
    await bind(PHONE)
    await confirm(MAIL, PHONE)
    await note({ what: 'device-ended', deviceId: PHONE, by: mediator.id })
    await bind(SECOND)
    expect(await look(SECOND)).toMatchObject({ confirmed: { way: 'mail' } })
  })
})

describe('two servers over one store', () => {
  it('[SIG-144] what one has not read yet lets no late device sign, and no late device name an address or answer for another', async () => {
    await bind(PHONE)
    await signing.freeze(V1)
    const other = await signingWorld({ storage, keys, again: true, seed: 'other' })
    const { caseId } = signing.world
    await other.log.state(caseId)
    await bind(THEIRS)
    const at = (route: typeof signingAsk | typeof codeContactAsk, input: object) =>
      refusal(other.call(route, { caseId, ...input } as never, first, THEIRS))
    expect(await at(codeContactAsk, { contact: OTHER_MAIL })).toBe('signing/new-device')
    expect(await at(signingAsk, { versionId: V1 })).toBe('signing/new-device')
    expect(other.sent).toEqual([])
    await bind(SECOND)
    expect((await other.access.of({ caseId, participantId: first.id }))?.entries).toHaveLength(3)
    await other.settle()
  })
})

describe('the address for codes', () => {
  it('[SIG-140] a right code that is typed many times at once is told of once', async () => {
    await bind(PHONE)
    const { caseId, people } = signing.world
    await signing.call(codeContactAsk, { caseId, contact: MAIL }, first, PHONE)
    const code = signing.sent.at(-1)?.code ?? ''
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => refusal(signing.call(codeContactConfirm, { caseId, code }, first, PHONE))),
    )
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(1)
    const line = await signing.access.of({ caseId, participantId: people[0].id })
    expect(line?.entries.filter(({ what }) => what === 'contact-confirmed')).toHaveLength(1)
  })

  it('[SIG-143] is read on the device where it was confirmed, and on those answered for there; not on one that only came in', async () => {
    await bind(PHONE)
    await confirm(MAIL, PHONE)
    await bind(THEIRS)
    await bind(SECOND)
    await note({ what: 'device-confirmed', deviceId: SECOND, with: PHONE })
    expect(await look(PHONE)).toMatchObject({ confirmed: MAIL })
    expect(await look(SECOND)).toMatchObject({ confirmed: MAIL })
    const theirs = await look(THEIRS)
    expect(theirs).toMatchObject({ confirmed: { way: 'mail', address: null } })
    expect(JSON.stringify(theirs)).not.toContain(MAIL.address)
  })

  it('[SIG-143] nor does a device that came in first read what a later one has confirmed, on its own word', async () => {
    await bind(THEIRS)
    await bind(PHONE)
    await confirm(MAIL, PHONE)
    await note({ what: 'device-confirmed', deviceId: PHONE, with: THEIRS })
    expect(await look(THEIRS)).toMatchObject({ confirmed: { address: null } })
  })
})
