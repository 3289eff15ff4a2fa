// A server that dies between what it tells and what it does: the next one does it, before anybody can use what should be gone.
import { afterEach, describe, expect, it } from 'vitest'
import { actorOf } from '#server/cases/actor-of.ts'
import type { Storage } from '#server/storage/ports.ts'
import { act, newCommandId, serverOver } from '#server/testing/case-world.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { type Joined, linkAndCode, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caseFold, mediatorsOf } from '#shared/cases/case-state.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { accessNote, deviceLook } from '#shared/identity/access-protocol.ts'
import { joinEnter, personRefresh } from '#shared/identity/join-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'

const opened: { world: PlatformWorld; storage: Storage }[] = []
afterEach(async () => {
  for (const { world, storage } of opened.splice(0)) {
    await world.stop()
    await storage.close()
  }
})

async function start() {
  const storage = memoryStorage()
  const world = await platformWorld({ storage })
  opened.push({ world, storage })
  const opening = await openCase(world, await setUpOwner(world))
  return { storage, world, ...opening }
}

/** A server that takes somebody out and dies before it has done anything that follows from it. */
async function takeOutAlone({ storage, world, caseId }: Awaited<ReturnType<typeof start>>, participantId: ParticipantId): Promise<void> {
  const { epoch } = world.installation
  const log = serverOver({ storage, epoch, clock: world.clock })
  const state = await log.state(caseId)
  const folded = stateIn(state.audiences, caseFold, 'case')
  const [mediator] = folded ? mediatorsOf(folded) : []
  const actor = mediator && actorOf(state, caseId, mediator.id)
  if (!actor) throw new Error('no mediator')
  await act(log, actor, personEnd, { participantId })
}

/** Another server over the same data, at the same address. */
async function restarted(world: PlatformWorld, storage: Storage): Promise<PlatformWorld> {
  const port = Number(new URL(world.url).port)
  await world.stop()
  const next = await platformWorld({ storage, installation: world.installation, port })
  opened.push({ world: next, storage })
  return next
}

const renewed = ({ browser, session: { participantId } }: Joined) => browser.call(personRefresh, { participantId })

describe('a server that dies right after', () => {
  it('[HAR-140] the end of a device was told: the next one ends it', async () => {
    const { storage, world, caseId, people } = await start()
    const [first, second] = people
    const { deviceId } = answered(await first.browser.call(deviceLook, { caseId }))
    const { participantId } = first.session
    const change = { what: 'device-ended', deviceId, by: participantId } as const
    await world.platform.log.step(caseId, accessNote, { participantId, change }, newCommandId())
    expect((await renewed(first)).ok).toBe(true)
    const next = await restarted(world, storage)
    await next.platform.log.state(caseId)
    await expect.poll(async () => (await renewed(first)).ok).toBe(false)
    expect(refused(await renewed(first))).toBe('identity/session-ended')
    expect((await renewed(second)).ok).toBe(true)
  })

  it('[HAR-140] somebody was taken out: the next one ends link, code and devices, and a waiting code brings them back in no case', async () => {
    const given = await start()
    const { storage, world, caseId, people, staff } = given
    const [first, second] = people
    const { secret, code } = await linkAndCode(staff, first.invitationId)
    await world.stop()
    await takeOutAlone(given, first.session.participantId)
    const next = await restarted(world, storage)
    const device = next.browser()
    // Before the next server has ended the link, and after.
    expect(['not-found', 'identity/link-unknown']).toContain(refused(await device.call(joinEnter, { secret, code, keep: true })))
    await expect.poll(async () => (await renewed(first)).ok).toBe(false)
    expect(refused(await device.call(joinEnter, { secret, code, keep: true }))).toBe('identity/link-unknown')
    expect((await renewed(second)).ok).toBe(true)
    // Invited anew, they stay: a further start takes nothing of it away.
    const anew = await linkAndCode(staff, first.invitationId)
    const last = await restarted(next, storage)
    await last.platform.log.state(caseId)
    expect((await last.browser().call(joinEnter, { ...anew, keep: true })).ok).toBe(true)
  })
})
