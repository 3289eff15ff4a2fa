// A message that was removed is looked for as somebody with the disk, the keys, the logs and every device would look for it.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { envToConfig } from '#server/config/config.ts'
import { openInstallation } from '#server/installation.ts'
import type { Storage } from '#server/storage/ports.ts'
import { backupSqlite } from '#server/storage/sqlite/backup.ts'
import { realSystem } from '#server/system.ts'
import { accepted, type Device, device, startSession } from '#server/testing/live-room.ts'
import { addMediator, newCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { bodyRedacted } from '#shared/log/log-protocol.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { runLogVerify } from '../../scripts/log-verify/run-log-verify.ts'

const parent = mkdtempSync(join(tmpdir(), 'bitim-forgotten-'))
afterAll(() => rmSync(parent, { recursive: true, force: true }))

/** On a machine that has much else to do. */
const PATIENT = { timeout: 20_000 }
const NEEDLE = 'ең төменгі баға 1 200 000 теңге'

async function openFolder() {
  const folder = mkdtempSync(join(parent, 'data-'))
  const config = envToConfig({ DATA_FOLDER: folder })
  if (!config.ok) throw new Error(config.faults.join())
  return { folder, installation: await openInstallation(config.value, realSystem()) }
}

const bytesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)))

const bodyAt = async (storage: Storage, { caseId, audience, seq }: { caseId: string; audience: Audience; seq: number }) =>
  (await storage.log.readAudience(caseId as never, audience, seq - 1, 1))[0]?.encryptedBody

async function inSession(world: PlatformWorld) {
  const staff = await addMediator(world, await setUpOwner(world))
  const open = await openCase(world, staff, newCase())
  return { open, room: await startSession(world, open) }
}

/** Says it, and answers where it stands. */
async function sayIt(who: Device, audience: Audience): Promise<number> {
  const ack = await who.post(audience, NEEDLE)
  accepted(ack)
  return ack.ok ? (ack.value.at[0]?.seq ?? 0) : 0
}

describe('a removed message', () => {
  it('[MSG-11] stands nowhere: not in files, backups made after, logs, nor in what anybody is answered from then on', async () => {
    const { folder, installation } = await openFolder()
    const { storage } = installation
    const world = await platformWorld({ storage, installation })
    const { open, room } = await inSession(world)
    const [first, second] = room.people
    const { caseId } = open
    const side = sideAudience(room.sides[0])
    const places: { readonly audience: Audience; readonly seq: number }[] = []
    for (const audience of ['all', side] as const) {
      places.push({ audience, seq: await sayIt(first, audience) })
    }
    await second.post('all', 'Добрый день')
    const ciphertexts = await Promise.all(places.map((place) => bodyAt(storage, { caseId, ...place })))
    const nonces = ciphertexts.map((body) => Buffer.from(body?.subarray(1, 13) ?? []))
    for (const nonce of nonces) expect(bytesOf(folder).some((bytes) => bytes.includes(nonce))).toBe(true)
    const heard = second.frames.length
    for (const { audience, seq } of places) {
      accepted(await say(room.mediator.socket, messageRedact, { audience, epoch: first.seen(audience).epoch, seq: seq }))
    }
    for (const { audience } of places) await expect.poll(() => first.events(audience).at(-1)?.type, PATIENT).toBe(bodyRedacted.name)
    for (const place of places) await expect.poll(() => bodyAt(storage, { caseId, ...place }), PATIENT).toBeUndefined()
    // The other side hears of the one in the room that it is in, and of nothing else.
    await expect.poll(() => second.events('all').at(-1)?.type, PATIENT).toBe(bodyRedacted.name)
    expect(second.frames.slice(heard).filter((frame) => frame.includes(bodyRedacted.name))).toHaveLength(1)
    expect(second.frames.slice(heard).join()).not.toContain(side)

    const fresh = await device(world, open.people[0]?.session ?? open.mediator)
    for (const { audience, seq } of places) expect(fresh.events(audience)[seq - 1]).toMatchObject({ body: null, salt: '' })
    expect(fresh.frames.join()).not.toContain(NEEDLE)
    expect(world.journal.join()).not.toContain(NEEDLE)
    await backupSqlite({ folder, to: join(folder, 'backup.db') })
    await world.close()
    for (const bytes of bytesOf(folder)) for (const needle of [Buffer.from(NEEDLE), ...nonces]) expect(bytes.includes(needle)).toBe(false)
    await storage.close()
    const lines: string[] = []
    const verified = await runLogVerify({ args: ['--data', folder], environment: {}, print: (line) => void lines.push(line) })
    expect(verified, lines.join('\n')).toBe(0)
    expect(lines.join()).toContain('2 forgotten')
  })

  it('[LOG-41] a server that was killed behind the redaction shows no word of it, and the next one finishes', async () => {
    const { installation } = await openFolder()
    const { storage } = installation
    // The event is durable; then nothing more happens on this server.
    const killed: Storage = { ...storage, log: { ...storage.log, destroyBodies: () => new Promise(() => undefined) } }
    const world = await platformWorld({ storage: killed, installation: { ...installation, storage: killed } })
    const { open, room } = await inSession(world)
    const { caseId } = open
    const seq = await sayIt(room.people[0], 'all')
    accepted(await say(room.people[0].socket, messageRedact, { audience: 'all', epoch: room.people[0].seen('all').epoch, seq: seq }))
    expect(await bodyAt(storage, { caseId, audience: 'all', seq })).toBeDefined()
    const beside = await device(world, open.mediator)
    expect(beside.events('all')[seq - 1]?.body).toBeNull()
    for (const each of [room.mediator, ...room.people, beside]) each.socket.disconnect()

    const next = await platformWorld({ storage, installation })
    const back = await device(next, open.mediator)
    expect(back.events('all')[seq - 1]?.body).toBeNull()
    await expect.poll(() => bodyAt(storage, { caseId, audience: 'all', seq }), PATIENT).toBeUndefined()
    await next.close()
  })
})
