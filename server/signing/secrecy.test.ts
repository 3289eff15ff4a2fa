// I3 on the whole: what one side's device receives, and what it can ask, is the same to the byte whether the other has signed or not.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readableBy } from '#server/log/case-state.ts'
import type { Storage } from '#server/storage/ports.ts'
import { act, idOf } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type CommandId, type VersionId } from '#shared/kernel/ids.ts'
import type { WireEvent } from '#shared/protocol/wire.ts'
import { readersBy } from '#shared/rooms/room-state.ts'
import { signatureGive, signatureWithdraw, versionDecline } from '#shared/signing/signing-protocol.ts'
import { bundleDownload, paperDownload, pdfDownload, signingAsk, textDownload } from '#shared/signing/signing-routes.ts'
import { sideSignatures, signingSituation } from '#shared/signing/signing-view.ts'
import { signOnDevice } from './testing/signing-device.ts'
import { type InstallationKeys, installationKeys, type SigningWorld, signingWorld } from './testing/signing-world.ts'

const V1 = asId<VersionId>('version-1_____________')
const opened: { storage: Storage; signing: SigningWorld }[] = []
let keys: InstallationKeys

beforeAll(async () => {
  keys = await installationKeys()
})
afterAll(async () => {
  for (const { storage, signing } of opened) {
    await signing.settle()
    await storage.close()
  }
})

interface History {
  readonly name: string
  readonly before: readonly ('sign' | 'withdraw')[]
}

/** What the second side's device receives and hears, after the first side has or has not signed. */
async function lookOfTheOther({ before }: History) {
  const storage = await memoryStorage()
  const signing = await signingWorld({ storage, keys, seed: 'one seed' })
  opened.push({ storage, signing })
  const [first, second] = signing.world.people
  const { caseId, mediator } = signing.world
  await signing.freeze(V1)
  for (const step of before) {
    if (step === 'sign') {
      const { cms } = await signOnDevice(signing, first, V1)
      await act(signing.log, first, signatureGive, { versionId: V1, cms })
    } else {
      await act(signing.log, first, signatureWithdraw, { versionId: V1 })
    }
    await signing.settle()
  }
  const events = await readBy(signing, second)
  const view = await signing.view(second)
  const answers = []
  for (const route of [textDownload, pdfDownload, paperDownload, bundleDownload]) {
    answers.push(await answerOf(signing.call(route, { caseId, versionId: V1 }, second)))
  }
  answers.push(await answerOf(act(signing.log, second, signatureWithdraw, { versionId: V1 }, { id: idOf<CommandId>('retry') })))
  answers.push(await answerOf(act(signing.log, second, signatureGive, { versionId: V1, cms: 'AAAA' }, { id: idOf<CommandId>('again') })))
  const { nonce: _random, ...asked } = await signing.call(signingAsk, { caseId, versionId: V1 }, second)
  const seenByMediator = sideSignatures(await signing.view(mediator), V1).map(({ signature }) => signature !== undefined)
  return {
    other: JSON.stringify({ events, situation: signingSituation(view, second, V1), sides: sideSignatures(view, V1), answers, asked }),
    seenByMediator,
    sentTo: sentTo(signing, second),
  }
}

async function readBy({ log, world: { caseId } }: SigningWorld, { id }: Person): Promise<readonly WireEvent[]> {
  const events: WireEvent[] = []
  for (const audience of [...readableBy(await log.state(caseId), id, readersBy({ now: () => Date.now() })).keys()].sort()) {
    events.push(...(await log.readAs(caseId, id, audience, 0, 500)))
  }
  return events
}

/** What the third side is told, after this one of the others told the mediator alone that they will not sign. */
async function lookOfTheThird(at: 0 | 1): Promise<{ readonly events: readonly WireEvent[]; readonly sentTo: string }> {
  const storage = await memoryStorage()
  const signing = await signingWorld({ storage, keys, seed: 'one seed', sides: 3 })
  opened.push({ storage, signing })
  const [refuser, third] = [signing.world.people[at], signing.world.people[2]]
  if (!third) throw new Error('three sides')
  await signing.freeze(V1)
  await act(signing.log, refuser, versionDecline, { versionId: V1, reason: 'Сумма', clause: '1', to: 'mediator' })
  await signing.settle()
  return { events: await readBy(signing, third), sentTo: sentTo(signing, third) }
}

/** The types of all events that were published to an audience of this person. */
function sentTo(signing: SigningWorld, person: Person): string {
  return JSON.stringify(
    signing.committed.flatMap(({ events, after }) =>
      events
        .filter(({ audience }) => readableBy(after, person.id, readersBy({ now: () => Date.now() })).has(audience))
        .map(({ audience, type, hash }) => [audience, type, hash]),
    ),
  )
}

async function answerOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    const answer = await promise
    return answer && typeof answer === 'object' && 'bytes' in answer ? Buffer.from(answer.bytes as Uint8Array).toString('base64') : answer
  } catch (error) {
    return (error as { problem?: unknown }).problem ?? String(error)
  }
}

describe('who has signed', () => {
  it('[SIG-13] the other side receives, sees and hears the same to the byte before and after a signature and its withdrawal', async () => {
    const histories: readonly History[] = [
      { name: 'nobody signed', before: [] },
      { name: 'the first side signed', before: ['sign'] },
      { name: 'signed and withdrew', before: ['sign', 'withdraw'] },
    ]
    const looks = []
    for (const history of histories) looks.push(await lookOfTheOther(history))
    const [nobody, signed, withdrew] = looks
    for (const look of [signed, withdrew]) {
      expect(look?.other === nobody?.other).toBe(true) // compared whole; printing them would fill the screen
      expect(look?.sentTo).toBe(nobody?.sentTo)
    }
    expect([nobody, signed, withdrew].map((look) => look?.seenByMediator)).toEqual([
      [false, false],
      [true, false],
      [false, false],
    ])
  })
})

describe('who will not sign', () => {
  it('[SIG-90] told to the mediator alone, it is the same to the byte for the third side whichever of the others it was: the installation opens the text', async () => {
    const [one, other] = [await lookOfTheThird(0), await lookOfTheThird(1)]
    expect(one.events.length).toBeGreaterThan(0)
    expect(JSON.stringify(other.events) === JSON.stringify(one.events)).toBe(true) // compared whole; printing them would fill the screen
    expect(other.sentTo).toBe(one.sentTo)
    const reopened = one.events.find(({ type }) => type === 'draft:reopened')
    expect(reopened?.by).toBe('system')
    expect(JSON.parse(reopened?.body ?? '')).toEqual({ versionId: V1 })
  })
})
