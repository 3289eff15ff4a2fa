// Sound between two real browsers through a real relay, coturn with the configuration that we give out; not part of `npm test`, since both
// have to be on the machine. What the browsers say to each other goes over real sockets and the server's filter.
import { type ChildProcess, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accepted, startSession } from '#server/testing/live-room.ts'
import { openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { callOpen } from '#shared/calls/calls-protocol.ts'
import { type BrowserPeer, browserPeer, CALL_CHROMIUM } from './testing/browser-peer.ts'
import { callDevice } from './testing/call-device.ts'
import { ownAddress } from './testing/own-address.ts'

const ROOT = join(import.meta.dirname, '../..')
const SECRET = 'a-secret-of-this-test-alone'
const PORT = 34780

let folder: string
let relay: ChildProcess
let browser: Browser
let world: PlatformWorld

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bitim-relay-'))
  writeFileSync(join(folder, 'turn_secret'), SECRET)
  const address = ownAddress()
  const own = [`--listening-ip=${address}`, `--relay-ip=${address}`, `--allowed-peer-ip=${address}`, `--listening-port=${PORT}`]
  const files = [`--pidfile=${folder}/pid`, '--no-tls', '--no-dtls']
  relay = spawn('sh', [join(ROOT, 'deploy/coturn/start.sh'), ...own, ...files], {
    env: { ...process.env, TURN_SECRET_FILE: join(folder, 'turn_secret'), TMPDIR: folder, DOMAIN: 'mediation.example.kz' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  await said(relay, /turn server id=0 created/)
  world = await platformWorld({
    env: { TURN_URLS: `turn:${address}:${PORT}?transport=udp`, TURN_SECRET: SECRET, CALLS_JOINT: 'relay', CALLS_APART: 'relay' },
  })
  browser = await chromium.launch(CALL_CHROMIUM)
})
afterAll(async () => {
  await browser?.close()
  await world?.close()
  relay?.kill()
  rmSync(folder, { recursive: true })
})

function said(process: ChildProcess, words: RegExp): Promise<void> {
  return new Promise((resolve, reject) => {
    let all = ''
    const read = (chunk: Buffer) => {
      all += chunk.toString()
      if (words.test(all)) resolve()
    }
    process.stdout?.on('data', read)
    process.stderr?.on('data', read)
    process.once('error', reject)
    process.once('exit', () => reject(new Error(all)))
  })
}

async function peerIn(): Promise<BrowserPeer> {
  const page = await (await browser.newContext({ permissions: ['microphone'] })).newPage()
  await page.goto(`${world.url}/healthz`)
  return browserPeer(page)
}

describe('a call through the relay', () => {
  it('[CAL-13] [CAL-15] is heard at both ends, with addresses of the relay alone', async () => {
    const open = await openCase(world, await setUpOwner(world))
    const room = await startSession(world, open)
    accepted(await say(room.mediator.socket, callOpen, {}))
    const [guide, party] = [callDevice(room.mediator.socket), callDevice(room.people[0].socket)]
    const [first, second] = [await peerIn(), await peerIn()]
    const one = await guide.join('all')
    const two = await party.join('all')
    await first.begin(one.ice)
    await second.begin(two.ice)
    first.speaksBy(guide, two.mediaId)
    second.speaksBy(party, one.mediaId)
    await second.offer()
    for (const peer of [first, second]) {
      await expect.poll(() => peer.state()).toBe('connected')
      const before = await peer.heard()
      await expect.poll(() => peer.heard()).toBeGreaterThan(before + 2_000)
      expect(await peer.pair()).toEqual({ local: 'relay', remote: 'relay' })
    }
    const told = JSON.stringify([...guide.signals, ...party.signals])
    expect(told).toContain('typ relay raddr 0.0.0.0 rport 0')
    expect(told).not.toMatch(/typ (?:host|srflx|prflx)/)
  })

  it.each([
    ['a password of their own making', '9999999999:somebody', () => 'guessed'],
    ['one whose time is over', '1600000000:somebody', (name: string) => createHmac('sha1', SECRET).update(name).digest('base64')],
  ])('[CAL-15] opens to nobody with %s', async (_name, username, credential) => {
    const peer = await peerIn()
    const urls = [`turn:${ownAddress()}:${PORT}?transport=udp`]
    await peer.begin({ policy: 'relay', servers: [{ urls, username, credential: credential(username) }], until: 0 })
    expect(await peer.candidates()).toEqual([])
  })
})
