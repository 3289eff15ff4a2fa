// A settlement is not the end of a case: people go on writing until the mediator closes it.
import { webcrypto } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { act, newCommandId } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caseClose, mediationEnd, mediationLeave, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { personCorrect } from '#shared/cases/people-protocol.ts'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canEditDraft } from '#shared/drafting/drafting-policy.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { agreementReleased, signatureGive } from '#shared/signing/signing-protocol.ts'
import { bundleDownload } from '#shared/signing/signing-routes.ts'
import { verifyBundle } from '#shared/signing/verify-bundle.ts'
import { signOnDevice } from './testing/signing-device.ts'
import { installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V = asId<VersionId>('version-1_____________')
const keys = await installationKeys()
let storage: ReturnType<typeof memoryStorage>
let signing: SigningWorld
let everybody: readonly Person[]

beforeEach(async () => {
  storage = memoryStorage()
  signing = await signingWorld({ storage, keys })
  everybody = [...signing.world.people, signing.world.mediator]
  await signing.freeze(V)
})
afterEach(async () => {
  await signing.settle()
  await storage.close()
})

async function sign(person: Person) {
  const { cms } = await signOnDevice(signing, person, V)
  await act(signing.log, person, signatureGive, { versionId: V, cms })
}

async function post(person: Person, audience: Audience) {
  const head = (await signing.view(person)).head(audience)
  const id = newCommandId()
  const seen = {
    audience,
    epoch: head?.epoch ?? 0,
    seq: head?.seq ?? 0,
    hash: (await signing.log.state(person.caseId)).audiences.get(audience)?.hash ?? '',
  }
  return act(signing.log, person, messagePost, { audience, id, text: 'Аударым жасалды' }, { id, seen })
}

const phaseOf = async (person: Person) => (await signing.view(person)).state(caseFold, 'case')?.phase
const refusal = (reason: string) => expect.objectContaining({ problem: expect.objectContaining({ reason }) })

describe('[CAS-15] after a settlement', () => {
  it('[CAS-15] everybody writes, without a session, until the mediator closes the case; the draft stays closed', async () => {
    for (const person of everybody) await sign(person)
    const { mediator } = signing.world
    for (const person of everybody) {
      expect(await phaseOf(person)).toBe('performing')
      expect(await post(person, 'all')).toHaveLength(1)
      if (person.sideId)
        for (const room of [sideAudience(person.sideId), directAudience(person.id)]) expect(await post(person, room)).toHaveLength(1)
      expect(canEditDraft(person, draftSituation(await signing.view(person), person))).toBe(false)
    }
    await expect(act(signing.log, mediator, sessionStart, {})).rejects.toEqual(refusal('cases/already-ended'))
    await expect(act(signing.log, mediator, mediationEnd, { ground: 'expired' })).rejects.toEqual(refusal('cases/already-ended'))
    await expect(act(signing.log, mediator, sessionEnd, {})).rejects.toEqual(refusal('cases/not-in-session'))
    const [first] = signing.world.people
    if (!first) throw new Error('no side')
    await expect(act(signing.log, first, mediationLeave, {})).rejects.toEqual(refusal('cases/already-ended'))
    await expect(act(signing.log, first, caseClose, {})).rejects.toMatchObject({ problem: { kind: 'forbidden' } })
    await act(signing.log, mediator, caseClose, {})
    for (const person of everybody) {
      expect(await phaseOf(person)).toBe('closed')
      await expect(post(person, 'all')).rejects.toEqual(refusal('messaging/closed'))
    }
  })

  it('[CAS-10] [DOC-38] a name that is corrected between the closing of the text and the last signature is the sealed one in everything signed, and a correction beside it', async () => {
    const [first, second] = signing.world.people
    const { mediator } = signing.world
    await sign(first)
    for (const person of [first, second]) {
      await act(signing.log, mediator, personCorrect, { participantId: person.id, name: 'Басқа Есім', language: 'kk' })
    }
    await sign(second)
    await sign(mediator)
    await signing.settle()
    expect((await signing.view(first)).state(caseFold, 'case')?.phase).toBe('performing')
    expect(signing.committed.some(({ events }) => events.some(({ type }) => type === agreementReleased.name))).toBe(true)
    const { bytes } = await signing.download(bundleDownload, { versionId: V }, first)
    const report = await verifyBundle(webcrypto.subtle, bytes, { certificateDer: signing.authority.certificateDer })
    expect(report.overall).toBe('valid')
    const { corrections, ...signed } = report.completion ?? {}
    expect(JSON.stringify({ ...report, completion: signed })).not.toContain('Басқа Есім')
    expect(corrections?.map(({ is }) => is)).toEqual(['Басқа Есім', 'Басқа Есім'])
  })
})
