// Files on their way, through the whole platform: by tus over HTTP, posted at a socket.
import { request } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newCommandId } from '#server/testing/case-world.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted, device } from '#server/testing/live-room.ts'
import { type PlatformWorld, platformWorld } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { filePost, filePosted } from '#shared/files/files-protocol.ts'
import { personRefresh } from '#shared/identity/join-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type FileId } from '#shared/kernel/ids.ts'
import { makeAllowances } from './allowances.ts'
import { makeSettling } from './settle-uploads.ts'
import { clamd, EICAR, listening } from './testing/fake-clamd.ts'
import { type FilesWorld, filesWorld, readFile } from './testing/files-world.ts'
import { begin, fileIdIn, patch, placeOf, post, type SendingTo, send, sendAndPost, tus } from './testing/send-file.ts'
import { makeUploadRecords, type UploadRecord } from './upload-records.ts'
import { settleSubject, UPLOAD_KEPT_MS } from './uploads.ts'

const TEXT = Buffer.from('Сәлем! Это строка сохранённой переписки.\n'.repeat(18_000)) // some parts long
const offsetOf = async (to: SendingTo, place: string) => Number((await tus(to, 'HEAD', place)).headers.get('upload-offset'))

let files: FilesWorld
const others: PlatformWorld[] = []
afterEach(async () => {
  for (const each of others.splice(0)) await each.stop()
})

/** Another server on the same storage. */
async function server(of = files): Promise<PlatformWorld> {
  const world = await platformWorld({ storage: of.storage, installation: of.world.installation, clock: of.world.clock })
  others.push(world)
  return world
}

/** A request whose body comes by hand. */
function slowPatch(to: SendingTo, place: string, offset: number, length: number) {
  const sending = request(`${to.url}${place}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${to.token}`,
      'tus-resumable': '1.0.0',
      'upload-offset': offset,
      'content-type': 'application/offset+octet-stream',
      'content-length': length,
    },
  })
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    sending.on('response', (response) => {
      let text = ''
      response.on('data', (data) => {
        text += String(data)
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
    })
    sending.on('error', reject)
  })
  answer.catch(() => undefined) // where the test breaks it off
  return { sending, answer }
}

describe('an upload', () => {
  beforeAll(async () => {
    files = await filesWorld()
  }, 60_000)
  afterAll(() => files.world.close())

  it('[FIL-6] goes on where it stopped: a broken request, another server; what is posted is what was sent', async () => {
    const [to] = files.senders
    const side = sideAudience(files.room.sides[0])
    const place = placeOf(await begin(to, { audience: side, name: 'чат.txt' }, TEXT.length))
    const { sending } = slowPatch(to, place, 0, TEXT.length)
    sending.write(TEXT.subarray(0, 700_000))
    // One part is at rest already; the rest of what has arrived is kept when the connection breaks.
    await expect.poll(() => offsetOf(to, place), { timeout: 20_000 }).toBeGreaterThan(0)
    sending.destroy()
    await expect.poll(() => offsetOf(to, place), { timeout: 20_000 }).toBe(700_000)
    const next = { ...to, url: (await server()).url }
    expect((await patch(next, place, 0, TEXT)).problem).toMatchObject({ kind: 'conflict', reason: 'files/other-offset' })
    expect((await patch(next, place, 700_000, TEXT.subarray(700_000, 900_000))).status).toBe(204)
    expect((await patch(to, place, 900_000, TEXT.subarray(900_000))).status).toBe(204)
    const [person] = files.room.people
    accepted(await post(person, side, fileIdIn(place)))
    expect((await readFile(to, fileIdIn(place))).bytes.equals(TEXT)).toBe(true)
    await expect.poll(files.resting).toEqual([fileIdIn(place)])
  }, 60_000)

  it('[FIL-4] is posted once: asked again, asked at once, asked as another', async () => {
    const [to] = files.senders
    const [person] = files.room.people
    const { fileId } = await send(to, { audience: 'all', name: 'чат.txt' }, TEXT)
    const id = asId<CommandId>(newCommandId())
    const acks = await Promise.all([post(person, 'all', fileId, { id }), post(person, 'all', fileId, { id })])
    acks.push(await post(person, 'all', fileId, { id }))
    for (const ack of acks) accepted(ack)
    expect(new Set(acks.map((ack) => JSON.stringify(ack))).size).toBe(1)
    expect(await post(person, 'all', fileId)).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
    await person.resume()
    expect(person.events('all').filter(({ body }) => body?.includes(fileId))).toHaveLength(1)
  }, 60_000)

  it('[FIL-7] of somebody else is answered as one that never was', async () => {
    const [to, other, mediator] = files.senders
    const place = placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, 10))
    const never = place.replace(/[^/]+$/, 'never_never_never_neve')
    const bare = ({ status, text }: { status: number; text: string }) => [status, text.replace(/"id":"[^"]+"/, '')]
    for (const stranger of [other, mediator]) {
      for (const method of ['HEAD', 'DELETE'])
        expect(bare(await tus(stranger, method, place))).toEqual(bare(await tus(stranger, method, never)))
      expect(bare(await patch(stranger, place, 0, TEXT.subarray(0, 10)))).toEqual(
        bare(await patch(stranger, never, 0, TEXT.subarray(0, 10))),
      )
      expect((await tus(stranger, 'HEAD', place)).status).toBe(404)
    }
    expect(await post(files.room.people[1], 'all', fileIdIn(place))).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
    expect(await offsetOf(to, place)).toBe(0)
    expect((await tus({ ...to, token: 'none' }, 'HEAD', place)).status).toBe(401)
    expect((await tus(to, 'DELETE', place)).status).toBe(204)
    expect((await tus(to, 'HEAD', place)).status).toBe(404)
  }, 60_000)

  it('[FIL-2] is begun in a room of one’s own, and posted there alone', async () => {
    const [to] = files.senders
    const [side, foreign] = files.room.sides
    for (const audience of [sideAudience(foreign), 'mediators', 'case', `self:${files.room.people[0].me}`] as const)
      expect((await begin(to, { audience, name: 'чат.txt' }, 10)).problem).toMatchObject({ kind: 'not-found' })
    const { fileId } = await send(to, { audience: sideAudience(side), name: 'чат.txt' }, TEXT)
    expect(await post(files.room.people[0], 'all', fileId)).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
  }, 60_000)

  it('[FIL-3] whose readers have changed is asked again, and is not sent again', async () => {
    const [to] = files.senders
    const [person] = files.room.people
    const { fileId } = await send(to, { audience: 'all', name: 'чат.txt' }, TEXT)
    const id = asId<CommandId>(newCommandId())
    const first = person.events('all')[0]
    const seen = { audience: 'all', epoch: first?.epoch ?? 0, seq: 1, hash: first?.hash ?? '' } as const
    const answer = await say(person.socket, filePost, { audience: 'all', id, fileId }, { id, seen })
    expect(answer).toMatchObject({ ok: false, problem: { kind: 'conflict', reason: 'messaging/readers-changed' } })
    accepted(await post(person, 'all', fileId, { id, text: 'вся переписка' }))
  }, 60_000)

  it.each<[string, string, number, object]>([
    ['4 GB', 'видео.pdf', 4_294_967_296, { kind: 'too-large', reason: 'files/too-large', details: { megabytes: 50 } }],
    ['a picture of 40 MB', 'фото.png', 41_943_040, { kind: 'too-large', reason: 'files/too-large', details: { megabytes: 32 } }],
    ['nothing', 'хат.txt', 0, { kind: 'invalid', reason: 'files/empty' }],
    ['a drawing', 'сурет.svg', 10, { kind: 'invalid', reason: 'files/type-not-taken' }],
    ['a page', 'бет.html', 10, { kind: 'invalid', reason: 'files/type-not-taken' }],
    ['a program', 'счёт.pdf.exe', 10, { kind: 'invalid', reason: 'files/type-not-taken' }],
    ['no ending', 'счёт', 10, { kind: 'invalid', reason: 'files/type-not-taken' }],
    ['a name that reads backwards', 'счёт\u202efdp.txt', 10, { kind: 'invalid', field: 'name', reason: 'text/bidirectional' }],
    ['a path', '../счёт.txt', 10, { kind: 'invalid', field: 'name' }],
    ['two lines', 'счёт\nхат.txt', 10, { kind: 'invalid', field: 'name' }],
  ])('[FIL-9] of %s is refused before anything is sent', async (_what, name, length, problem) => {
    expect((await begin(files.senders[0], { audience: 'all', name }, length)).problem).toMatchObject(problem)
  })

  it('[FIL-9] that says what cannot be so, or says it wrongly, is refused with a problem as any route’s', async () => {
    const [to] = files.senders
    expect((await begin(to, { audience: 'all', name: 'счёт.pdf', evidence: 'cleaned' }, 10)).problem).toMatchObject({
      kind: 'invalid',
      reason: 'files/not-cleanable',
    })
    const path = `/api/cases/${to.caseId}/uploads`
    const metadata = `audience ${btoa('all')},name ${btoa('a.txt')}`
    for (const headers of [{}, { 'upload-length': '10' }, { 'upload-length': '10', 'upload-metadata': metadata }])
      expect((await tus(to, 'POST', path, headers)).problem).toMatchObject({ kind: 'invalid' })
    const deferred = await tus(to, 'POST', path, { 'upload-defer-length': '1', 'upload-metadata': metadata })
    expect(deferred.problem).toMatchObject({ kind: 'unsupported' })
    expect(deferred.headers.get('access-control-allow-origin')).toBeNull()
    const place = placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, 10))
    expect((await patch(to, place, 0, TEXT.subarray(0, 11))).problem).toMatchObject({ kind: 'too-large' })
    expect((await tus(to, 'DELETE', place)).status).toBe(204)
  })

  it('[FIL-8] into a room that was closed meanwhile is refused with the reason, in the middle of a request too; nothing of it stays', async () => {
    const [to] = files.senders
    const before = await files.resting()
    const places = [placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, TEXT.length))]
    places.push(placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, TEXT.length)))
    const [one = '', other = ''] = places
    expect((await patch(to, one, 0, TEXT.subarray(0, 600_000))).status).toBe(204)
    const { sending, answer } = slowPatch(to, other, 0, TEXT.length)
    sending.write(TEXT.subarray(0, 600_000))
    await expect.poll(() => offsetOf(to, other), { timeout: 20_000 }).toBeGreaterThan(0)
    accepted(await say(files.room.mediator.socket, sessionEnd, {}))
    expect((await patch(to, one, 600_000, TEXT.subarray(600_000))).problem).toMatchObject({ kind: 'conflict', reason: 'files/closed' })
    sending.end(TEXT.subarray(600_000))
    expect(await answer).toMatchObject({ status: 409, text: expect.stringContaining('files/closed') })
    for (const place of places) expect((await tus(to, 'HEAD', place)).status).toBe(404)
    expect(await files.resting()).toEqual(before)
    accepted(await say(files.room.mediator.socket, sessionStart, {}))
  }, 60_000)

  it('[FIL-17] that nobody posts is gone after a day with all its parts; one that was posted stays, and nothing beside it', async () => {
    const [to] = files.senders
    const { fileId } = await sendAndPost(files.room.people[0], to, { audience: 'all', name: 'чат.txt' }, TEXT).then(({ file }) => file)
    await expect.poll(() => files.world.platform.records.get('uploads', fileId)).toBeUndefined()
    const before = await files.resting()
    const ready = await send(to, { audience: 'all', name: 'чат.txt' }, TEXT)
    const begun = placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, TEXT.length))
    await patch(to, begun, 0, TEXT.subarray(0, 600_000))
    const { clock, platform } = files.world
    clock.shift(UPLOAD_KEPT_MS / 2)
    const [{ browser, session }] = files.open.people
    const later = { ...to, token: answered(await browser.call(personRefresh, { participantId: session.participantId })).token }
    expect((await patch(later, begun, 600_000, TEXT.subarray(600_000, 700_000))).status).toBe(204)
    clock.shift(UPLOAD_KEPT_MS / 2 + 60_000)
    await platform.due.runDue()
    expect(await files.resting()).not.toContain(ready.fileId)
    const stored = await platform.records.get<UploadRecord>('uploads', fileIdIn(begun))
    const parts = stored?.value.parts.map((part) => part.fileId) ?? []
    expect([parts.length, await files.resting()]).toEqual([2, expect.arrayContaining(parts)])
    clock.shift(UPLOAD_KEPT_MS)
    await platform.due.runDue()
    const left = await files.resting()
    expect(left).toContain(fileId)
    expect(before).toEqual(expect.arrayContaining([...left]))
    expect(await platform.records.get('uploads', fileIdIn(begun))).toBeUndefined()
  }, 60_000)

  it('[FIL-17] what a server was killed over after it had posted is put in order later; the file stays', async () => {
    const of = { caseId: files.open.caseId, audience: 'all', fileId: asId<FileId>('file') } as const
    const posted: string[] = []
    const record = { ...of, by: files.room.people[0].me, length: 9, told: '', parts: [{ fileId: asId<FileId>('part'), length: 9 }] }
    const stored = {
      version: 1,
      upload: { ...record, writing: asId<FileId>('writing'), state: { kind: 'ready', facts: '' }, at: 0 },
    } as const
    const { dueKind } = makeSettling({
      records: { ...makeUploadRecords(files.world.platform.records), get: async () => stored },
      allowances: makeAllowances(files.world.platform.records),
      files: {
        destroy: async () => void posted.push('the file'),
        destroyPart: async ({ fileId }) => void posted.push(fileId),
      },
      end: { drop: async () => false },
      reader: { isPosted: async () => true },
      clock: files.world.clock,
      onTrouble: () => undefined,
    })
    expect(await dueKind.run(settleSubject(of, record.by), 0)).toBeUndefined()
    expect(posted).toEqual(['part', 'writing'])
  })
})

describe('what one person may send', () => {
  beforeAll(async () => {
    files = await filesWorld({ env: { FILE_MEGABYTES: '2', PERSON_FILES_MEGABYTES: '3' } })
  }, 60_000)
  afterAll(() => files.world.close())

  it('[FIL-16] is measured by their own doings: others’ uploads, refusals and removals change nothing', async () => {
    const [to, other] = files.senders
    const allowance = async (of: SendingTo) => JSON.parse((await readFile(of, '')).bytes.toString() || '{}')
    const quiet = await allowance(other)
    const side = sideAudience(files.room.sides[0])
    const [person] = files.room.people
    const { fileId } = await send(to, { audience: side, name: 'чат.txt' }, TEXT)
    accepted(await post(person, side, fileId))
    const second = await send(to, { audience: side, name: 'чат.txt' }, TEXT)
    const refused = (await begin(to, { audience: 'all', name: 'чат.txt' }, 1_000_000)).problem
    expect(refused).toMatchObject({ kind: 'conflict', reason: 'files/allowance-spent' })
    expect(await allowance(other)).toEqual(quiet)
    expect((await begin(other, { audience: 'all', name: 'чат.txt' }, 1_000_000)).status).toBe(201)
    // Given up, it is free again; posted, it stays spent.
    expect((await tus(to, 'DELETE', `/api/cases/${to.caseId}/uploads/${second.fileId}`)).status).toBe(204)
    const left = 3 * 1024 * 1024 - TEXT.length
    await expect.poll(async () => (await allowance(to)).left).toBe(left)
    const begun: number[] = []
    for (let times = 0; times < 11; times++) begun.push((await begin(to, { audience: 'all', name: 'чат.txt' }, 10)).status)
    expect(begun).toEqual([...Array.from({ length: 10 }, () => 201), 429])
  }, 60_000)

  it('[FIL-8] ends with them: a person who was taken out of the case sends no more, and what they had begun is gone after a day', async () => {
    const [, to] = files.senders
    const side = sideAudience(files.room.sides[1])
    const before = await files.resting()
    const place = placeOf(await begin(to, { audience: side, name: 'чат.txt' }, TEXT.length))
    expect((await patch(to, place, 0, TEXT.subarray(0, 600_000))).status).toBe(204)
    accepted(await say(files.room.mediator.socket, personEnd, { participantId: files.room.people[1].me }))
    const answer = await patch(to, place, 600_000, TEXT.subarray(600_000))
    expect([401, 404]).toContain(answer.status)
    files.world.clock.shift(2 * UPLOAD_KEPT_MS)
    await files.world.platform.due.runDue()
    expect(before).toEqual(expect.arrayContaining([...(await files.resting())]))
  }, 60_000)
})

it('[FIL-6] an upload goes on after a restart', async () => {
  const first = await filesWorld()
  files = first
  const [to] = first.senders
  const place = placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, TEXT.length))
  expect((await patch(to, place, 0, TEXT.subarray(0, 600_000))).status).toBe(204)
  await first.world.stop()
  const world = await server(first)
  const next = { ...to, url: world.url }
  expect(await offsetOf(next, place)).toBe(600_000)
  expect((await patch(next, place, 600_000, TEXT.subarray(600_000))).status).toBe(204)
  const person = await device(world, first.open.people[0].session)
  accepted(await post(person, 'all', asId<FileId>(fileIdIn(place))))
  await person.resume()
  expect(person.events('all').at(-1)?.type).toBe(filePosted.name)
  await world.stop()
  await first.storage.close()
}, 60_000)

it('[FIL-14] what a scanner could not look at is not posted, and is posted later without being sent again; what harms never is', async () => {
  const first = await listening(clamd)
  first.close()
  files = await filesWorld({ env: { CLAMD: `127.0.0.1:${first.port}` } })
  const [to] = files.senders
  const [person] = files.room.people
  const { fileId, problem } = await send(to, { audience: 'all', name: 'чат.txt' }, TEXT)
  const open = { kind: 'unavailable', reason: 'files/cannot-check' }
  expect(problem).toMatchObject(open)
  expect(await post(person, 'all', fileId)).toMatchObject({ ok: false, problem: open })
  const scanner = await listening(clamd, first.port)
  accepted(await post(person, 'all', fileId))
  const before = await files.resting()
  const harmful = { kind: 'invalid', reason: 'files/harmful' }
  const other = await send(to, { audience: 'all', name: 'вирус.txt' }, Buffer.from(EICAR))
  expect(other.problem).toMatchObject(harmful)
  expect(await post(person, 'all', other.fileId)).toMatchObject({ ok: false, problem: harmful })
  expect(await files.resting()).not.toContain(other.fileId)
  expect(before).toEqual(expect.arrayContaining([...(await files.resting())]))
  scanner.close()
  await files.world.close()
}, 60_000)
