// The server as the process that people start: what it says when it cannot, and what is there after it was killed.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { io, type Socket } from 'socket.io-client'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { newCommandId } from '#server/testing/case-world.ts'
import { completeProfile } from '#server/testing/complete-profile.ts'
import { answered, browser } from '#server/testing/http-world.ts'
import { linkAndCode, newCase, PASSWORD } from '#server/testing/platform-world.ts'
import { connected, resumeAll, say } from '#server/testing/socket-world.ts'
import { agreementConfirm, sessionStart } from '#shared/cases/case-protocol.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import { invitationList } from '#shared/identity/invitation-protocol.ts'
import { joinEnter } from '#shared/identity/join-protocol.ts'
import { ownerSetUp } from '#shared/identity/staff-protocol.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { PROTOCOL_VERSION, type Seen } from '#shared/protocol/wire.ts'

const root = join(import.meta.dirname, '../..')
const parent = mkdtempSync(join(tmpdir(), 'bitim-process-'))
const children: ChildProcess[] = []
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(parent, { recursive: true, force: true }))

interface Run {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  output(): string
  /** The address it says it is ready at. */
  ready(): Promise<string>
  /** The secret of the owner's first link, which is printed after the address. */
  setUpSecret(): Promise<string>
}

function run(folder: string, env: Record<string, string> = {}): Run {
  const environment: Record<string, string> = { PATH: process.env.PATH ?? '', PORT: '0', DATA_FOLDER: folder, LOG_LEVEL: 'info', ...env }
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'server/main.ts')], {
    env: environment,
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    child,
    ended,
    output: () => output,
    async ready() {
      await Promise.race([expect.poll(() => output, { timeout: 25_000 }).toContain('Bitim is ready'), ended])
      const url = /Bitim is ready: (\S+)/.exec(output)?.[1]
      if (!url) throw new Error(output)
      return url
    },
    async setUpSecret() {
      await expect.poll(() => output, { timeout: 25_000 }).toMatch(/setup#\S+\s/)
      return /setup#(\S+)/.exec(output)?.[1] ?? ''
    },
  }
}

const newFolder = () => mkdtempSync(join(parent, 'data-'))

describe('the process', () => {
  it('[HAR-10] a missing, damaged or wrong master key is said in plain words, with exit code 2, and touches nothing', async () => {
    const folder = newFolder()
    const first = run(folder)
    await first.ready()
    const second = run(folder)
    expect(await second.ended).toBe(2)
    expect(second.output()).toMatch(/another server is running on the data folder/)
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)

    const path = join(folder, 'keys', 'master.key')
    const key = readFileSync(path, 'utf8')
    const faults: [string, RegExp][] = [
      ['', /master\.key is damaged: restore it from its backup/],
      [Buffer.alloc(32, 1).toString('base64url'), /master key is not the one this data was made with/],
    ]
    for (const [text, words] of faults) {
      writeFileSync(path, text)
      const refused = run(folder)
      expect(await refused.ended).toBe(2)
      expect(refused.output()).toMatch(words)
      expect(refused.output()).not.toMatch(/\n\s+at /)
    }
    rmSync(path)
    const missing = run(folder)
    expect(await missing.ended).toBe(2)
    expect(missing.output()).toMatch(/master\.key is missing, and without it nobody can read this data/)
    writeFileSync(path, key)
    const mended = run(folder)
    await mended.ready()
  }, 120_000)

  it('[CFG-10] the log goes into the file that is named and nowhere else; one that cannot be written is one line and exit code 2', async () => {
    const folder = newFolder()
    const path = join(folder, 'server.log')
    const server = run(folder, { LOG_FILE: path, LOG_LEVEL: 'debug' })
    const url = await server.ready()
    await server.setUpSecret()
    await fetch(`${url.replace('localhost', '127.0.0.1')}/api/nothing`)
    await expect.poll(() => readFileSync(path, 'utf8')).toMatch(/^\{.*\}\n/)
    server.child.kill('SIGTERM')
    await server.ended
    expect(server.output()).not.toContain('{"')
    const refused = run(folder, { LOG_FILE: join(path, 'below-a-file.log') })
    expect(await refused.ended).toBe(2)
    expect(refused.output()).toMatch(/^LOG_FILE=\S+ cannot be written: .*\n$/)
  })

  it('[MSG-7] after kill -9 at once after an acknowledgement every acknowledged message is there', async () => {
    const folder = newFolder()
    let server = run(folder)
    let url = (await server.ready()).replace('localhost', '127.0.0.1')
    const staff = browser(url)
    const secret = await server.setUpSecret()
    staff.token = answered(
      await staff.call(ownerSetUp, { secret, email: 'owner@example.kz', name: 'Ерлан Омаров', password: PASSWORD }),
    ).token
    await completeProfile(staff)
    const { caseId } = answered(await staff.call(caseCreate, newCase()))
    const { invitations } = answered(await staff.call(invitationList, { caseId }))
    const invited = await linkAndCode(staff, invitations[0]?.id as never)
    answered(await browser(url).call(joinEnter, { ...invited, keep: true }))
    const connect = async (): Promise<Socket> => {
      const auth = { token: staff.token, caseId, protocol: PROTOCOL_VERSION }
      const socket = io(url, { transports: ['websocket'], reconnection: false, forceNew: true, auth })
      await connected(socket)
      return socket
    }
    let socket = await connect()
    await say(socket, agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
    await say(socket, sessionStart, {})
    const acknowledged: string[] = []
    for (let round = 0; round < 2; round++) {
      const head = (await resumeAll(socket)).events.filter(({ audience }) => audience === 'all').at(-1)
      const seen: Seen = { audience: 'all', epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
      let got = 0
      const killed = new Promise<void>((resolve) => {
        for (let i = 0; i < 40; i++) {
          const id = newCommandId()
          say(socket, messagePost, { audience: 'all', id, text: `${round} ${i}` }, { id, seen }).then(
            (ack) => {
              if (!ack.ok) return
              acknowledged.push(id)
              if (++got === 15) {
                server.child.kill('SIGKILL')
                resolve()
              }
            },
            () => undefined, // unanswered, as it may be
          )
        }
      })
      await killed
      await server.ended
      socket.disconnect()
      server = run(folder)
      url = (await server.ready()).replace('localhost', '127.0.0.1')
      socket = await connect()
    }
    const stored = (await resumeAll(socket)).events.flatMap(({ type, body }) =>
      type === 'message:posted' ? [String(JSON.parse(body ?? '{}').id)] : [],
    )
    expect(acknowledged.length).toBeGreaterThanOrEqual(30)
    expect(stored).toEqual(expect.arrayContaining(acknowledged))
    expect(new Set(stored).size).toBe(stored.length)
    socket.disconnect()
    expect(server.output()).not.toContain('"level":50')
  }, 120_000)

  it('[HAR-10] data without its keys is not opened under new ones', async () => {
    const folder = newFolder()
    const first = run(folder)
    const staff = browser((await first.ready()).replace('localhost', '127.0.0.1'))
    const secret = await first.setUpSecret()
    staff.token = answered(
      await staff.call(ownerSetUp, { secret, email: 'owner@example.kz', name: 'Ерлан Омаров', password: PASSWORD }),
    ).token
    await completeProfile(staff)
    answered(await staff.call(caseCreate, newCase()))
    first.child.kill('SIGTERM')
    expect(await first.ended).toBe(0)
    rmSync(join(folder, 'keys', 'keys.db'))
    const locked = run(folder)
    expect(await locked.ended).toBe(2)
    expect(locked.output()).toMatch(/keys of conversations and records .* are missing: restore them/)
  }, 120_000)
})
