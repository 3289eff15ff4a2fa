// What ends by itself leaves the storage, whether or not a server was there at its time.
import { afterEach, describe, expect, it } from 'vitest'
import { KEPT_ENDED_MS } from '#server/due/expiry.ts'
import type { Storage } from '#server/storage/ports.ts'
import { answered, refused } from '#server/testing/http-world.ts'
import { linkAndCode, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { mediatorInvite, staffMe, staffRefresh } from '#shared/identity/staff-protocol.ts'

const DAY = 86_400_000
const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0).reverse()) await world.close()
})

async function start(options: Parameters<typeof platformWorld>[0] = {}): Promise<PlatformWorld> {
  const world = await platformWorld(options)
  worlds.push(world)
  return world
}

/** How many of each rest in the storage itself. */
async function resting({ records }: Storage) {
  const count = async (collection: string) => (await records.all(collection)).length
  return { sessions: await count('sessions'), codes: await count('one-time-codes'), links: await count('welcome-links') }
}

/** An owner with a session of ninety days, a link to become a mediator, two people with a session and a used code each. */
async function busyWorld() {
  const world = await start()
  const owner = await setUpOwner(world)
  const open = await openCase(world, owner)
  answered(await owner.call(mediatorInvite, { role: 'mediator' }))
  const raw = world.installation.storage
  expect(await resting(raw)).toEqual({ sessions: 3, codes: 2, links: 1 })
  return { world, owner, open, raw }
}

describe('what ends by itself', () => {
  it('[IDE-35] is gone from the storage thirty days later, and no sooner; devices of people stay listed', async () => {
    const { world, owner, open, raw } = await busyWorld()
    const { secret, code } = await linkAndCode(owner, open.people[0]?.invitationId ?? ('' as never))
    /** Without the link nobody learns whether there is, or was, a code. */
    const stranger = async () =>
      refused(
        await world.browser().call(joinEnter, { secret: secret.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A')), code, keep: true }),
      )
    expect(await stranger()).toBe('identity/link-unknown')
    world.clock.shift(3 * DAY)
    // Refused at once, by its own time.
    expect(refused(await world.browser().call(joinEnter, { secret, code, keep: true }))).toBe('identity/code-expired')
    expect(await stranger()).toBe('identity/link-unknown')
    world.clock.shift(KEPT_ENDED_MS - 60_000)
    await world.platform.due.runDue()
    expect(await resting(raw)).toEqual({ sessions: 3, codes: 2, links: 1 })
    world.clock.shift(60_000)
    await world.platform.due.runDue()
    expect(await resting(raw)).toEqual({ sessions: 3, codes: 0, links: 1 })
    world.clock.shift(4 * DAY)
    await world.platform.due.runDue()
    expect(await resting(raw)).toEqual({ sessions: 3, codes: 0, links: 0 })
    expect(refused(await world.browser().call(joinEnter, { secret, code, keep: true }))).toBe('identity/code-missing')
    expect(await stranger()).toBe('identity/link-unknown')
    world.clock.shift(90 * DAY)
    await world.platform.due.runDue()
    expect(await resting(raw)).toEqual({ sessions: 2, codes: 0, links: 0 })
    expect(await raw.inspection.dueSteps('', 10)).toEqual([])
  })

  it('[IDE-35] a session that is renewed stays as long as it is good', async () => {
    const { world, owner, raw } = await busyWorld()
    for (let month = 0; month < 6; month++) {
      world.clock.shift(30 * DAY)
      owner.token = answered(await owner.call(staffRefresh, {})).token
      await world.platform.due.runDue()
    }
    expect((await owner.call(staffMe, {})).ok).toBe(true)
    expect(await raw.inspection.dueSteps('', 10)).toHaveLength(1)
    world.clock.shift(90 * DAY + KEPT_ENDED_MS)
    await world.platform.due.runDue()
    expect(await resting(raw)).toEqual({ sessions: 2, codes: 0, links: 0 })
  })

  it('[IDE-35] what ended while no server ran, or one was killed at it, is removed after the next start', async () => {
    const { world, raw } = await busyWorld()
    const { clock, installation } = world
    await world.stop()
    clock.shift(150 * DAY)
    // As a server that was killed between taking a step and finishing it.
    const lost = { ...installation.storage.due, finish: async () => false, giveBack: async () => false }
    const deaf = { ...installation.records, remove: async () => undefined }
    const killed = await start({
      storage: installation.storage,
      installation: { ...installation, records: deaf, storage: { ...installation.storage, due: lost } },
      clock,
    })
    await killed.platform.due.runDue()
    await killed.stop()
    expect(await resting(raw)).toEqual({ sessions: 3, codes: 2, links: 1 })
    clock.shift(60_000)
    const next = await start({ storage: installation.storage, installation, clock })
    await expect.poll(() => resting(raw)).toEqual({ sessions: 2, codes: 0, links: 0 })
    expect(next.journal.filter((line) => line.includes('"level":50'))).toEqual([])
  })
})
