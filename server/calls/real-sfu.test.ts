// A joint call through a real SFU, Janus as Debian gives it out and as our script starts it, between real browsers; not part of `npm test`.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { accepted, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { callOpen, callPause } from '#shared/calls/calls-protocol.ts'
import { AGAIN_MS } from './janus-connection.ts'
import { browserPeer, CALL_CHROMIUM } from './testing/browser-peer.ts'
import { callDevice } from './testing/call-device.ts'
import { ownAddress } from './testing/own-address.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRET = 'a-secret-of-this-test-alone'
const PORT = 34790

let folder: string
let janus: ChildProcess
let browser: Browser
let world: PlatformWorld
let owner: Awaited<ReturnType<typeof setUpOwner>>

function startJanus(): ChildProcess {
  return spawn('sh', [join(ROOT, 'deploy/janus/start.sh')], {
    env: {
      ...process.env,
      TMPDIR: folder,
      JANUS_SECRET_FILE: join(folder, 'janus_secret'),
      JANUS_PORT: String(PORT),
      JANUS_PORTS: '21200-21400',
      JANUS_NETWORK: ownAddress(),
    },
    stdio: 'ignore',
  })
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bitim-sfu-'))
  writeFileSync(join(folder, 'janus_secret'), SECRET)
  janus = startJanus()
  await listening()
  const env = { CALLS_JOINT: 'relay', CALLS_APART: 'relay', JANUS_URL: `ws://127.0.0.1:${PORT}`, JANUS_SECRET: SECRET }
  world = await platformWorld({ env })
  owner = await setUpOwner(world)
  browser = await chromium.launch(CALL_CHROMIUM)
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
  janus?.kill()
  rmSync(folder, { recursive: true })
})

/** Until somebody is let in. */
async function listening(): Promise<void> {
  const tries = async () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(PORT, '127.0.0.1')
      socket.once('connect', () => resolve(true))
      socket.once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
  await vi.waitFor(async () => expect(await tries()).toBe(true), { timeout: 30_000 })
}

async function pageIn() {
  const page = await (await browser.newContext({ permissions: ['microphone'] })).newPage()
  await page.goto(`${world.url}/healthz`)
  return page
}

describe('a joint call through the SFU', () => {
  it('[CAL-31] [CAL-34] is heard at both ends; what the one device finds of its network never reaches the other', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const [guide, party] = [callDevice(room.mediator.socket), callDevice(room.people[0].socket)]
    await expect.poll(async () => (await guide.look()).mostJoint).toBe(16)
    expect(await guide.look()).toMatchObject({ joint: 'relay', apart: 'none' })
    accepted(await say(room.mediator.socket, callOpen, {}))
    const one = await guide.join('all')
    const two = await party.join('all')
    expect(two).toMatchObject({ form: 'sfu', ice: { policy: 'all', servers: [] } })
    const sending = [await browserPeer(await pageIn()), await browserPeer(await pageIn())] as const
    const hearing = [await browserPeer(await pageIn()), await browserPeer(await pageIn())] as const
    for (const each of [...sending, ...hearing]) await each.begin(two.ice)
    sending[0].speaksBy(guide, one.mediaId)
    sending[1].speaksBy(party, two.mediaId)
    hearing[0].speaksBy(guide, two.mediaId)
    hearing[1].speaksBy(party, one.mediaId)
    for (const each of sending) await each.offer()
    for (const each of hearing) {
      await expect.poll(() => each.state()).toBe('connected')
      const before = await each.heard()
      await expect.poll(() => each.heard()).toBeGreaterThan(before + 2_000)
    }
    const told = JSON.stringify([...guide.signals, ...party.signals])
    const ports = [...told.matchAll(/candidate:\S+ \d+ udp \d+ \S+ (\d+) typ/gi)].map(([, port]) => Number(port))
    expect(ports.length).toBeGreaterThan(3)
    // All of them are Janus's own.
    expect(ports.filter((port) => port < 21_200 || port > 21_400)).toEqual([])
    // And with the pause the room is gone: nobody hears anybody.
    accepted(await say(room.mediator.socket, callPause, {}))
    for (const each of hearing) await expect.poll(() => each.state()).not.toBe('connected')
  })

  it('[CAL-33] when it is killed everybody is asked to join anew, and the call says that it has no way', async () => {
    const open = await openCase(world, owner)
    const room = await startSession(world, open)
    const guide = callDevice(room.mediator.socket)
    accepted(await say(room.mediator.socket, callOpen, {}))
    await guide.join('all')
    janus.kill('SIGKILL')
    await expect.poll(() => guide.outs).toEqual([{ audience: 'all', reason: 'anew' }])
    await expect(guide.join('all')).rejects.toThrow('unavailable calls/no-relay')
    janus = startJanus()
    await listening()
    world.timers.advance(AGAIN_MS)
    await expect.poll(async () => (await guide.look()).mostJoint).toBe(16)
    expect(await guide.join('all')).toMatchObject({ form: 'sfu' })
  })
})
