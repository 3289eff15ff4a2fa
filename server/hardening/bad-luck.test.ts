// Servers that stop, disks that fill, clocks that jump, a second server on the same storage.
import { afterEach, describe, expect, it } from 'vitest'
import { sha256 } from '#server/kernel/digest.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted, type Device, device, startSession } from '#server/testing/live-room.ts'
import { addMediator, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caseList } from '#shared/cases/case-routes.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { personRefresh } from '#shared/identity/join-protocol.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'

const worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds.splice(0).reverse()) await world.close()
})

async function start(options: Parameters<typeof platformWorld>[0] = {}): Promise<PlatformWorld> {
  const world = await platformWorld(options)
  worlds.push(world)
  return world
}

const said = (of: Device) =>
  of.events('all').flatMap(({ type, body }) => (type === 'message:posted' ? [String(JSON.parse(body ?? '{}').text)] : []))

describe('bad luck', () => {
  it('[HAR-6] a server that stops mid-session is followed by another: clients resume, repeat what was unanswered, lose nothing', async () => {
    const storage = memoryStorage()
    const first = await start({ storage })
    const owner = await setUpOwner(first)
    const open = await openCase(first, owner)
    const room = await startSession(first, open)
    accepted(await room.mediator.post('all', 'бірінші'))
    const id = newCommandId()
    const unanswered = room.people[0].post('all', 'жауапсыз', id).catch(() => 'no answer')
    await first.stop()
    await unanswered
    await expect.poll(() => room.people[1].closed).toEqual(['server-stopping'])

    const second = await start({ storage, installation: first.installation })
    const [one, two] = open.people
    if (!one || !two) throw new Error('a case has two people')
    const back = await device(second, one.session, room.people[0].events('all'))
    const places = await back.post('all', 'жауапсыз', id)
    accepted(places)
    expect(await back.post('all', 'жауапсыз', id)).toEqual(places)
    const other = await device(second, two.session)
    accepted(await other.post('all', 'екінші'))
    await back.resume()
    for (const each of [back, other]) {
      expect(said(each)).toEqual(['бірінші', 'жауапсыз', 'екінші'])
      expect(await verifyChain(each.events('all'), sha256)).toBeUndefined()
    }
  })

  it('[HAR-7] on a full disk nothing is acknowledged that is not stored; with room again everything goes on', async () => {
    const storage = memoryStorage()
    const world = await start({ storage })
    const open = await openCase(world, await setUpOwner(world))
    const room = await startSession(world, open)
    accepted(await room.mediator.post('all', 'орын бар'))
    storage.limitPages(1)
    const refused: string[] = []
    for (let i = 0; i < 60 && refused.length < 3; i++) {
      world.clock.shift(100)
      const ack = await room.mediator.post('all', `${i} ${'x'.repeat(3_900)}`)
      if (!ack.ok) refused.push(ack.problem.kind)
    }
    expect(refused).toEqual(['unavailable', 'unavailable', 'unavailable'])
    const before = said(room.mediator)
    await room.people[1].resume()
    expect(said(room.people[1])).toEqual(before)
    storage.limitPages(1_000_000)
    accepted(await room.people[0].post('all', 'қайта жұмыс істейді'))
    await room.people[1].resume()
    expect(said(room.people[1])).toEqual([...before, 'қайта жұмыс істейді'])
    expect(world.journal.join()).not.toContain('xxx')
  })

  it('[HAR-8] a clock that jumps by days changes no order and locks nobody out for good', async () => {
    const world = await start()
    const open = await openCase(world, await setUpOwner(world))
    const room = await startSession(world, open)
    const texts: string[] = []
    for (const [index, jump] of [0, -86_400_000, 172_800_000, -3_600_000, 1].entries()) {
      world.clock.jump(jump)
      texts.push(`${index}`)
      accepted(await room.mediator.post('all', `${index}`))
    }
    await room.people[0].resume()
    expect(said(room.people[0])).toEqual(texts)
    expect(await verifyChain(room.people[0].events('all'), sha256)).toBeUndefined()
    // A session goes on, by its own measure of time.
    const [one] = open.people
    const fresh = answered(await one.browser.call(personRefresh, { participantId: one.session.participantId }))
    const back = await device(world, fresh)
    accepted(await back.post('all', 'қайттым'))
  })

  it('[HAR-9] two servers over one storage: what one stores, people of the other hear; who is removed on one is out on both', async () => {
    const storage = memoryStorage()
    // As with a shared database: each server looks every two seconds for what others have stored.
    const env = {
      MONGODB_URI: 'mongodb://shared.example/bitim',
      MONGODB_KEYS_URI: 'mongodb://keys.example/keys',
      BITIM_MASTER_KEY: '07'.repeat(32),
    }
    const one = await start({ storage, env })
    const open = await openCase(one, await setUpOwner(one))
    const room = await startSession(one, open)
    const two = await start({ storage, env, installation: one.installation })
    const [, person] = open.people
    const elsewhere = await device(two, person?.session ?? { token: '', caseId: '' })
    await elsewhere.resume()
    accepted(await room.mediator.post('all', 'бірінші серверден'))
    await expect.poll(() => said(elsewhere), { timeout: 6_000 }).toEqual(['бірінші серверден'])
    accepted(await elsewhere.post('all', 'екінші серверден'))
    await expect.poll(() => said(room.people[0]), { timeout: 6_000 }).toEqual(['бірінші серверден', 'екінші серверден'])
    const sent = await Promise.all(
      Array.from({ length: 20 }, (_each, i) => {
        const id = newCommandId()
        const from = i % 2 ? room.mediator : elsewhere
        return say(from.socket, messagePost, { audience: 'all', id, text: `${i}` }, { id, seen: from.seen('all') })
      }),
    )
    for (const ack of sent) accepted(ack)
    await expect.poll(() => elsewhere.events('all').length, { timeout: 6_000 }).toBe(room.mediator.events('all').length)
    expect(await verifyChain(elsewhere.events('all'), sha256)).toBeUndefined()
    accepted(await say(room.mediator.socket, personEnd, { participantId: elsewhere.me }))
    await expect.poll(() => elsewhere.socket.connected, { timeout: 6_000 }).toBe(false)
  })

  it('[CAS-8] a staff account lists the cases that it mediates, and no other', async () => {
    const world = await start()
    const owner = await setUpOwner(world)
    const [own, foreign] = [await openCase(world, owner), await openCase(world, await addMediator(world, owner))]
    const listed = async (browser = owner) => answered(await browser.call(caseList, { state: 'running' })).cases.map(({ caseId }) => caseId)
    expect(await listed()).toEqual([own.caseId])
    expect(await listed(foreign.staff)).toEqual([foreign.caseId])
    expect(await listed(await addMediator(world, owner))).toEqual([])
  })
})
