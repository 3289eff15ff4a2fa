// @vitest-environment jsdom
// Which order things happen in, and what ends the sound; with real connections the same is listened to in e2e/calls.spec.ts.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AIGUL, BEREKE, DALA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { CALL_WIRE, type CallOut } from '#shared/calls/call-wire.ts'
import { callEnded, callOpened, callPaused, callResumed } from '#shared/calls/calls-protocol.ts'
import { sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { lockSet } from '#shared/rooms/lock-protocol.ts'
import { procedureChanged } from '#shared/rooms/procedure-protocol.ts'
import { roomLeft } from '#shared/rooms/room-protocol.ts'
import { MEGABYTE } from './media/data-meter.ts'
import { rememberedCall } from './remembered-call.ts'
import { callWorld, mediaId } from './testing/call-world.ts'

beforeEach(() => vi.stubGlobal('MediaStream', class {}))
afterEach(() => {
  vi.unstubAllGlobals()
  window.sessionStorage.clear()
})

function running() {
  const world = smallCase().happen(sessionStarted, 'case', {})
  for (const person of [AIGUL, PAVEL]) world.enter(person).confirm(person).join(person, 'all')
  world.join(AIGUL, sideAudience(BEREKE)).join(PAVEL, sideAudience(DALA))
  return world.happen(callOpened, 'all', {})
}

const other = (name: string) => ({ mediaId: mediaId(name), participantId: PAVEL, muted: false, video: false })

async function inJointCall(person = AIGUL, world = running()) {
  const device = callWorld(world, person)
  device.server.members = [other('pavel')]
  await device.clock.wind(0)
  await device.session.enter('all', device.microphone())
  device.connections[0]?.becomes('connected')
  return { ...device, world }
}

describe('coming in', () => {
  it('[CAL-60] a call that opens joins nobody: no microphone, no connection, nothing asked of the server', async () => {
    const device = callWorld(running(), AIGUL)
    device.members('all', 'pavel', 'med')
    await device.clock.wind(60_000)
    expect([device.own(), device.did, device.connections.length]).toEqual([{ kind: 'out' }, [], 0])
  })

  it('[CAL-61] what one was in is silent before the next is asked for', async () => {
    const device = await inJointCall(AIGUL)
    device.world.happen(callPaused, 'all', {})
    device.did.length = 0
    await device.session.enter(sideAudience(BEREKE), device.microphone())
    const joins = device.did.indexOf(`${CALL_WIRE.join} ${sideAudience(BEREKE)}`)
    expect(joins).toBeGreaterThan(0)
    for (const ending of ['connection closed', 'microphone off', CALL_WIRE.leave]) {
      expect(device.did.indexOf(ending)).toBeGreaterThanOrEqual(0)
      expect(device.did.indexOf(ending)).toBeLessThan(joins)
    }
  })

  it('[CAL-62] whoever is not let in hears why, and their microphone is off', async () => {
    const device = callWorld(running(), AIGUL)
    device.server.refuses = { ok: false, problem: { kind: 'conflict', reason: 'calls/full', details: { most: 4 } } }
    expect(await device.session.enter('all', device.microphone())).toMatchObject({ reason: 'calls/full' })
    expect(device.own()).toMatchObject({ kind: 'out', after: { why: { reason: 'calls/full' } } })
    expect(device.did.at(-1)).toBe('microphone off')
  })

  it('[CAL-63] without a microphone one listens, and is shown as muted', async () => {
    const device = callWorld(running(), AIGUL)
    await device.session.enter('all', undefined)
    expect(device.own()).toMatchObject({ kind: 'in', muted: true })
  })

  it('[CAL-64] the way that the installation prescribes is the one that is taken', async () => {
    const { connections } = await inJointCall()
    expect(connections.map(({ configuration }) => configuration.iceTransportPolicy)).toEqual(['relay'])
  })
})

describe('being muted', () => {
  it('[CAL-65] what is told to the others is what is true of the microphone', async () => {
    const device = await inJointCall()
    expect(device.own()).toMatchObject({ kind: 'in', muted: false })
    const sent = device.connections[0]?.sends('audio')
    device.session.mute()
    expect([device.own(), sent?.enabled]).toMatchObject([{ muted: true }, false])
    await device.session.speak()
    expect([device.own(), sent?.enabled]).toMatchObject([{ muted: false }, true])
    sent?.onended?.(new Event('ended'))
    expect(device.own()).toMatchObject({ muted: true, microphoneFault: 'missing' })
    expect(device.connections[0]?.sends('audio')).toBeNull()
    expect(device.did.filter((each) => each === CALL_WIRE.status).length).toBeGreaterThanOrEqual(3)
  })
})

describe('the end of the sound', () => {
  const silent = (device: Awaited<ReturnType<typeof inJointCall>>) => {
    expect(device.connections.every(({ isClosed }) => isClosed)).toBe(true)
    expect(device.did).toContain('microphone off')
  }

  it.each(['taken-over', 'ended', 'removed', 'joint'] satisfies CallOut['reason'][])(
    '[CAL-66] put out by the server: %s',
    async (reason) => {
      const device = await inJointCall()
      device.say(CALL_WIRE.out, { audience: 'all', reason })
      silent(device)
      expect(device.own()).toMatchObject({ kind: 'out', after: { audience: 'all', why: reason } })
    },
  )

  it('[CAL-66] what is said of another call ends nothing here', async () => {
    const device = await inJointCall()
    device.say(CALL_WIRE.out, { audience: sideAudience(BEREKE), reason: 'removed' })
    expect(device.own().kind).toBe('in')
  })

  it('[CAL-66] a right that ends, the call’s end and the session’s end are noticed here too, whoever says it first', async () => {
    for (const end of [
      (world: ReturnType<typeof running>) => world.happen(roomLeft, 'all', { participantId: AIGUL }),
      (world: ReturnType<typeof running>) => world.happen(callEnded, 'all', {}),
      (world: ReturnType<typeof running>) => world.happen(sessionEnded, 'case', {}),
    ]) {
      const device = await inJointCall()
      end(device.world)
      device.told()
      silent(device)
      expect(device.own().kind).toBe('out')
    }
  })

  it('[CAL-67] a connection that is away for longer than a place is kept ends the sound; a shorter one does not', async () => {
    const device = await inJointCall()
    device.connection({ kind: 'offline', since: 0 })
    await device.clock.wind(14_000)
    expect(device.own()).toMatchObject({ kind: 'in', away: true })
    device.connection({ kind: 'live' })
    await device.clock.wind(20_000)
    expect(device.own()).toMatchObject({ kind: 'in', away: false })
    expect([device.did.includes(`${CALL_WIRE.join} all again`), device.connections[0]?.restarts]).toEqual([true, 1])
    device.connection({ kind: 'offline', since: 0 })
    await device.clock.wind(15_000)
    silent(device)
    expect(device.own()).toMatchObject({ kind: 'out', after: { why: 'cut' } })
  })

  it('[CAL-68] after a server was restarted every connection is made anew', async () => {
    const device = await inJointCall()
    device.connection({ kind: 'offline', since: 0 })
    device.server.own = mediaId('new')
    device.connection({ kind: 'live' })
    await device.clock.wind(0)
    expect(device.connections.map(({ isClosed }) => isClosed)).toEqual([true, false])
    expect(device.own()).toMatchObject({ kind: 'in', mediaId: mediaId('new'), muted: false })
  })

  it('[CAL-69] the connection to somebody who went is closed at once, and nobody else’s', async () => {
    const device = await inJointCall()
    device.members('all', 'pavel', 'med')
    expect(device.connections.length).toBe(2)
    device.members('all', 'med')
    expect(device.connections.map(({ isClosed }) => isClosed)).toEqual([true, false])
  })
})

describe('a pause', () => {
  it('[CAL-70] ends every connection and microphone; with the resuming one hears, and speaks only once one presses', async () => {
    const device = await inJointCall()
    device.did.length = 0
    device.world.happen(callPaused, 'all', {})
    device.told()
    device.say(CALL_WIRE.out, { audience: 'all', reason: 'paused' })
    expect(device.own()).toEqual({ kind: 'paused', audience: 'all' })
    expect(device.did).toEqual(expect.arrayContaining(['connection closed', 'microphone off']))
    await device.clock.wind(60_000)
    expect(device.own().kind).toBe('paused')
    device.world.happen(callResumed, 'all', {})
    device.told()
    await device.clock.wind(0)
    expect(device.own()).toMatchObject({ kind: 'in', audience: 'all', muted: true })
    expect(device.connections.at(-1)?.sends('audio')).toBeNull()
    await device.session.speak()
    expect([device.own(), device.connections.at(-1)?.sends('audio')?.label]).toMatchObject([{ muted: false }, 'microphone'])
  })

  it('[CAL-71] whoever talks apart meanwhile is not taken back into the joint call', async () => {
    const device = await inJointCall(MED)
    device.world.happen(callPaused, 'all', {})
    device.told()
    await device.session.enter(sideAudience(BEREKE), device.microphone())
    await device.session.leave()
    device.world.happen(callResumed, 'all', {})
    device.told()
    await device.clock.wind(0)
    expect(device.own()).toEqual({ kind: 'out' })
  })
})

describe('a page that is loaded again', () => {
  it('[CAL-72] is in no call, remembers that it was, and forgets it when its person leaves', async () => {
    const device = await inJointCall()
    expect(rememberedCall(TEST_CASE)).toBe('all')
    device.session.close()
    const again = callWorld(device.world, AIGUL)
    await again.clock.wind(0)
    expect([again.own(), rememberedCall(TEST_CASE)]).toEqual([{ kind: 'out' }, 'all'])
    await again.session.enter('all', undefined)
    await again.session.leave()
    expect(rememberedCall(TEST_CASE)).toBeUndefined()
  })
})

describe('data', () => {
  it('[CAL-73] at four fifths of what is allowed pictures end, at all of it the sound', async () => {
    const device = await inJointCall()
    device.session.watch.allow(10 * MEGABYTE)
    await device.session.showPicture(true)
    device.session.seePictures(true)
    const use = async (megabytes: number) => {
      if (device.connections[0]) device.connections[0].bytes = megabytes * MEGABYTE
      await device.clock.wind(2_500)
    }
    await use(7.9)
    expect(device.own()).toMatchObject({ kind: 'in', wantsPictures: true })
    await use(8)
    expect(device.own()).toMatchObject({ kind: 'in', picture: undefined, wantsPictures: false, noPictures: 'data' })
    expect(device.did).toContain('camera off')
    await use(10)
    expect(device.own()).toMatchObject({ kind: 'out', after: { why: 'data' } })
  })
})

it('[CAL-74] where no way to another device is found within twenty seconds it is said', async () => {
  const device = callWorld(running(), AIGUL)
  device.server.members = [other('pavel')]
  await device.session.enter('all', undefined)
  await device.clock.wind(19_000)
  expect(device.session.watch.heard.state().members.get(mediaId('pavel'))?.reach).toBe('connecting')
  await device.clock.wind(2_000)
  expect(device.session.watch.heard.state().members.get(mediaId('pavel'))?.reach).toBe('unreachable')
  device.connections[0]?.becomes('connected')
  expect(device.session.watch.heard.state().members.get(mediaId('pavel'))?.reach).toBe('connected')
})

it('[CAL-75] an installation without calls is asked once for each connection, and shows nothing of them', async () => {
  const device = callWorld(running(), AIGUL, { calls: false })
  await device.clock.wind(0)
  device.known()
  await device.clock.wind(0)
  expect(device.known()).toEqual({ look: undefined, members: new Map() })
})

it('[CAL-88] without pictures by the mediator’s word: those that are on end, and none can be turned on', async () => {
  const device = await inJointCall()
  await device.session.showPicture(true)
  device.session.seePictures(true)
  device.world.happen(procedureChanged, 'case', { caucusOnly: false, noVideo: true, breaks: false, interpreter: false })
  device.told()
  const none = { kind: 'in', picture: undefined, wantsPictures: false, noPictures: 'procedure' }
  expect(device.own()).toMatchObject(none)
  await device.session.showPicture(true)
  device.session.seePictures(true)
  expect(device.own()).toMatchObject(none)
})

it('[CAL-88] where calls are locked one is out of the call, and a mediator stays', async () => {
  const world = running()
  const [device, guide] = [await inJointCall(AIGUL, world), await inJointCall(MED, world)]
  world.happen(lockSet, 'all', { what: 'calls' })
  device.told()
  guide.told()
  expect([device.own(), guide.own().kind]).toEqual([
    expect.objectContaining({ kind: 'out', after: { audience: 'all', why: 'removed' } }),
    'in',
  ])
})
