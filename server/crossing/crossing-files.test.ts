// A file that crosses, over the whole platform: its bytes, who gets them, and what is left when it goes wrong.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FilesWorld, filesWorld, readFile } from '#server/files/testing/files-world.ts'
import { jpeg } from '#server/files/testing/sample-files.ts'
import { begin, post, sendAndPost } from '#server/files/testing/send-file.ts'
import { UPLOAD_KEPT_MS } from '#server/files/uploads.ts'
import { idOf, newCommandId } from '#server/testing/case-world.ts'
import type { Device } from '#server/testing/live-room.ts'
import { accepted } from '#server/testing/live-room.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { personAdd } from '#shared/cases/people-protocol.ts'
import { permissionDeliver, permissionGive, permissionGiven, permissionWithdraw } from '#shared/crossing/crossing-protocol.ts'
import { crossingFold } from '#shared/crossing/crossing-state.ts'
import { type FileFacts, fileReleased } from '#shared/files/files-protocol.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type ParticipantId, type PermissionId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import type { CommandAck, WireEvent } from '#shared/protocol/wire.ts'

const REAL_NAME = 'Фото склада Бекенова.jpg'
const GIVEN_NAME = 'Чек № 14.jpg'
/** The storage's own append, until a test cuts it off. */
let cutOff = false
let files: FilesWorld
let bytes: Uint8Array

beforeEach(async () => {
  cutOff = false
  const storage = memoryStorage()
  const append: typeof storage.log.append = (commits) => (cutOff ? Promise.reject(new Error('killed')) : storage.log.append(commits))
  const env = { FILE_MEGABYTES: '1', PERSON_FILES_MEGABYTES: '2' }
  files = await filesWorld({ storage: { ...storage, log: { ...storage.log, append } }, env })
  bytes = await jpeg({ exif: true })
}, 60_000)
afterEach(() => files.world.close())

const owner = () => files.room.people[0]
const other = () => files.room.people[1]
const mediator = () => files.room.mediator
const source = () => sideAudience(files.room.sides[0])
const readers = (): ParticipantId[] => [mediator().me, owner().me, other().me]
const answer = (ack: CommandAck) => (ack.ok ? 'accepted' : [ack.problem.kind, ack.problem.reason].filter(Boolean).join(' '))

async function posted(): Promise<{ file: FileFacts; seq: number; epoch: number }> {
  return sendAndPost(owner(), files.senders[0], { audience: source(), name: REAL_NAME }, bytes)
}

interface Given {
  readonly by?: Device
  readonly to?: Audience
  readonly name?: string
  readonly id?: PermissionId
}

const newPermission = () => asId<PermissionId>(newCommandId())

async function give(
  { fileId, sha256 }: Pick<FileFacts, 'fileId' | 'sha256'>,
  { by = owner(), to = 'all', name = GIVEN_NAME, id }: Given = {},
) {
  const permissionId = id ?? newPermission()
  const what = { kind: 'file', fileId, sha256, name } as const
  const named = to === 'all' ? readers() : [mediator().me, other().me]
  return { permissionId, said: await say(by.socket, permissionGive, { audience: source(), permissionId, what, to, readers: named }) }
}

async function deliver(permissionId: PermissionId, id: CommandId = newCommandId(), by: Device = mediator()) {
  const { audiences } = await files.world.platform.log.state(files.open.caseId)
  const seq = stateIn(audiences, crossingFold, source())?.permissions[permissionId]?.seq ?? 1
  return say(by.socket, permissionDeliver, { audience: source(), permissionId, seq }, { id })
}

async function releasedIn(device: Device, audience: Audience): Promise<readonly WireEvent[]> {
  await device.resume()
  return device.events(audience).filter(({ type }) => type === fileReleased.name)
}

async function allowed(options: Given = {}) {
  const { file, ...place } = await posted()
  const { permissionId, said } = await give(file, options)
  accepted(said)
  return { file, place, permissionId }
}

/** A day goes by, with all that was planned for it. */
async function aDayLater(): Promise<void> {
  files.world.clock.shift(UPLOAD_KEPT_MS + 60_000)
  await files.world.platform.due.runDue()
}

const bodyOf = (event: WireEvent | undefined) => JSON.parse(event?.body ?? '{}') as { id: string; file: FileFacts; author: string }

describe('a file that crosses', () => {
  it('[CRO-60] [CRO-63] byte for byte, under the name that was allowed; nothing in it says where it was, and the old one stays', async () => {
    for (const to of ['all', sideAudience(files.room.sides[1])] as const) {
      const { file, permissionId } = await allowed({ to })
      accepted(await deliver(permissionId))
      const event = (await releasedIn(other(), to)).at(-1)
      const { file: copy, ...said } = bodyOf(event)
      expect(said).toEqual({ id: expect.any(String), author: owner().me })
      expect([copy.name, copy.sha256]).toEqual([GIVEN_NAME, createHash('sha256').update(bytes).digest('hex')])
      for (const secret of [file.fileId, permissionId, source(), REAL_NAME]) expect(JSON.stringify(event)).not.toContain(secret)
      const [own, stranger] = files.senders
      expect((await readFile(stranger, copy.fileId)).bytes.equals(Buffer.from(bytes))).toBe(true)
      expect((await readFile(stranger, `${copy.fileId}/previews/thumbnail`)).status).toBe(200)
      expect((await readFile(stranger, file.fileId)).status).toBe(404)
      expect((await readFile(own, file.fileId)).status).toBe(200)
      expect((await readFile(own, copy.fileId)).status).toBe(to === 'all' ? 200 : 404)
    }
  }, 60_000)

  it('[CRO-61] [CRO-62] the permission names the file, its digest and its readers in a sentence that tells what goes with an original', async () => {
    const { file, permissionId } = await allowed()
    await owner().resume()
    const event = owner()
      .events(source())
      .findLast(({ type }) => type === permissionGiven.name)
    expect(event?.version).toBe(2)
    const permission = JSON.parse(event?.body ?? '{}')
    expect(permission).toMatchObject({ permissionId, kind: 'file', file: { ...file, name: GIVEN_NAME }, readers: readers() })
    for (const words of [GIVEN_NAME, file.sha256, 'о месте, времени и устройстве']) expect(permission.sentence).toContain(words)
  }, 60_000)

  it('[CRO-61] nobody allows another’s file, one of another room, other bytes than they were shown, or a name of another type', async () => {
    const { file } = await posted()
    const joint = await sendAndPost(owner(), files.senders[0], { audience: 'all', name: 'чат.txt' }, Buffer.from('қысқа'))
    const theirs = await sendAndPost(mediator(), files.senders[2], { audience: source(), name: 'план.txt' }, Buffer.from('жоспар'))
    const refused = async (facts: Pick<FileFacts, 'fileId' | 'sha256'>, more: Given = {}) => answer((await give(facts, more)).said)
    expect(await refused({ ...file, sha256: 'a'.repeat(64) })).toBe('conflict crossing/file-gone')
    expect(await refused(joint.file, { name: 'чат.txt' })).toBe('conflict crossing/file-gone')
    expect(await refused(theirs.file, { name: 'план.txt' })).toBe('conflict crossing/file-gone')
    expect(await refused(file, { name: 'чек.pdf' })).toBe('invalid crossing/other-name')
    expect(await refused(file, { name: '../чек.jpg' })).toBe('invalid')
    expect(await refused(file, { by: other() })).toBe('not-found')
    expect(await refused(file, { by: mediator() })).toBe('forbidden')
  }, 60_000)

  it('[CRO-64] before it is delivered the other side gets no frame of it, whatever is allowed, withdrawn and refused', async () => {
    await other().resume()
    const frames = other().frames.length
    const { file, permissionId } = await allowed()
    accepted(await say(owner().socket, permissionWithdraw, { audience: source(), permissionId }))
    expect(answer(await deliver(permissionId))).toBe('conflict crossing/withdrawn')
    const again = await give(file)
    accepted(again.said)
    expect(answer(await deliver(again.permissionId, newCommandId(), owner()))).toBe('forbidden')
    expect(answer(await deliver(again.permissionId, newCommandId(), other()))).toBe('not-found')
    await files.room.people[1].post('all', 'Подождём')
    const told = other().frames.slice(frames).join()
    for (const secret of ['permission:', 'file:', source(), file.fileId, permissionId]) expect(told).not.toContain(secret)
  }, 60_000)

  it('[CRO-65] taken away before it was delivered it is refused, and nothing is copied', async () => {
    const { place, permissionId } = await allowed()
    accepted(await say(owner().socket, messageRedact, { audience: source(), ...place }))
    const before = await files.resting()
    expect(answer(await deliver(permissionId))).toBe('conflict crossing/file-gone')
    expect(before).toEqual(expect.arrayContaining([...(await files.resting())]))
  }, 60_000)

  it('[CRO-66] two presses at once deliver once; the copy that was not needed is gone after a day, the one that was stays', async () => {
    const { permissionId } = await allowed()
    const before = (await releasedIn(other(), 'all')).length
    const resting = (await files.resting()).length
    const answers = await Promise.all([deliver(permissionId), deliver(permissionId)])
    expect(answers.map(answer).toSorted()).toEqual(['accepted', 'conflict crossing/delivered'])
    const released = await releasedIn(other(), 'all')
    expect(released).toHaveLength(before + 1)
    await aDayLater()
    expect(await files.resting()).toHaveLength(resting + 3)
    const place = await files.storage.files.read(bodyOf(released.at(-1)).file.fileId)
    expect(place).toBeDefined()
  }, 60_000)

  it('[CRO-66] a server that is killed between copying and writing has delivered nothing; the same press again does it, once', async () => {
    const { permissionId } = await allowed()
    const before = (await releasedIn(other(), 'all')).length
    const resting = (await files.resting()).length
    const id = newCommandId()
    cutOff = true
    expect(answer(await deliver(permissionId, id))).not.toBe('accepted')
    cutOff = false
    expect(await files.resting()).toHaveLength(resting + 3)
    expect(await releasedIn(other(), 'all')).toHaveLength(before)
    for (let times = 0; times < 2; times++) accepted(await deliver(permissionId, id))
    expect(await releasedIn(other(), 'all')).toHaveLength(before + 1)
    expect(await files.resting()).toHaveLength(resting + 3)
    // Sent twice at once, as after a connection that was cut, it is one press and one copy.
    const twice = await allowed()
    const press = newCommandId()
    const both = await Promise.all([deliver(twice.permissionId, press), deliver(twice.permissionId, press)])
    expect(both.map(answer)).toEqual(['accepted', 'accepted'])
    expect(await releasedIn(other(), 'all')).toHaveLength(before + 2)
    expect(await files.resting()).toHaveLength(resting + 9)
    // Never asked again, nothing of it is left after a day.
    const forgotten = await allowed()
    const rests = (await files.resting()).length
    cutOff = true
    expect(answer(await deliver(forgotten.permissionId))).not.toBe('accepted')
    cutOff = false
    expect(await files.resting()).toHaveLength(rests + 3)
    await aDayLater()
    expect(await files.resting()).toHaveLength(rests)
  }, 60_000)

  it('[CRO-63] what was delivered is taken away like any file: its bytes go, those it was copied from stay', async () => {
    const { file, permissionId } = await allowed()
    accepted(await deliver(permissionId))
    const event = (await releasedIn(mediator(), 'all')).at(-1)
    const copy = bodyOf(event).file
    const resting = (await files.resting()).length
    accepted(await say(mediator().socket, messageRedact, { audience: 'all', epoch: event?.epoch ?? 0, seq: event?.seq ?? 0 }))
    await expect
      .poll(async () => {
        files.world.timers.advance(5_000)
        return (await files.resting()).length
      })
      .toBe(resting - 3)
    expect(await files.resting()).toContain(file.fileId)
    expect(await files.resting()).not.toContain(copy.fileId)
    // Nobody posts it a second time.
    expect(answer(await post(mediator(), 'all', copy.fileId))).toBe('not-found')
  }, 60_000)

  it('[CRO-67] a delivery counts in what the mediator may send; beyond that it is refused with how much is left', async () => {
    const [own, , guide] = files.senders
    const left = async (of: typeof own) => JSON.parse((await readFile(of, '')).bytes.toString()).left as number
    const { file, permissionId } = await allowed()
    const before = [await left(own), await left(guide)] as const
    accepted(await deliver(permissionId))
    await expect.poll(() => left(guide)).toBe(before[1] - bytes.length)
    expect(await left(own)).toBe(before[0])
    // All but one byte less than it takes is kept for something else.
    for (let kept = (await left(guide)) - bytes.length + 1; kept > 0; kept -= 1024 * 1024)
      expect((await begin(guide, { audience: 'all', name: 'т.txt' }, Math.min(kept, 1024 * 1024))).status).toBe(201)
    const second = await give(file)
    accepted(second.said)
    expect(answer(await deliver(second.permissionId))).toBe('conflict files/allowance-spent')
  }, 60_000)

  it('[CRO-14] somebody new who reads there was not named: nothing is copied, until its owner allows it anew', async () => {
    const to = sideAudience(files.room.sides[1])
    const { permissionId } = await allowed({ to })
    const person = { participantId: idOf<ParticipantId>('newcomer'), sideId: files.room.sides[1], role: 'representative' } as const
    accepted(await say(mediator().socket, personAdd, { ...person, name: 'Асель Нур', language: 'kk' }))
    const before = await files.resting()
    expect(answer(await deliver(permissionId))).toBe('conflict crossing/readers-changed')
    expect(before).toEqual(expect.arrayContaining([...(await files.resting())]))
  }, 60_000)
})
