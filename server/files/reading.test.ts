// Who reads a file, for how long, and what is left of it when it is taken away.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { accepted } from '#server/testing/live-room.ts'
import { say } from '#server/testing/socket-world.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { type FilesWorld, filesWorld, readFile } from './testing/files-world.ts'
import { joined, jpeg, pdf } from './testing/sample-files.ts'
import { begin, post, type SendingTo, send, sendAndPost, tus } from './testing/send-file.ts'

const CANARY = 'құпия-канарейка-7413'
let folder: string
let files: FilesWorld

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bitim-files-'))
  files = await filesWorld({ storage: openSqlite({ folder }) })
}, 60_000)
afterAll(async () => {
  await files.world.close()
  rmSync(folder, { recursive: true, force: true })
})

const room = () => sideAudience(files.room.sides[0])
const bare = ({ status, bytes }: { status: number; bytes: Buffer }) => [status, bytes.toString().replace(/"id":"[^"]+"/, '')]

/** Everything that lies in the folder, keys apart. */
function rests(): Buffer {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /bitim\.db/.test(name))
  return Buffer.concat(names.map((name) => readFileSync(join(folder, name))))
}

describe('a file that was posted', () => {
  it('[FIL-19] is read by its audience alone, whole or in part, as an attachment that runs nothing; for others there is none', async () => {
    const [own, other, mediator] = files.senders
    const bytes = await jpeg()
    const { file } = await sendAndPost(files.room.people[0], own, { audience: room(), name: 'Чек № 14.jpg', evidence: 'cleaned' }, bytes)
    expect(file).toMatchObject({ type: 'jpeg', size: bytes.length, width: 640, height: 480, hasPreview: true, evidence: 'cleaned' })
    for (const reader of [own, mediator]) {
      const whole = await readFile(reader, file.fileId)
      expect(whole.bytes.equals(Buffer.from(bytes))).toBe(true)
      expect(Object.fromEntries(whole.headers)).toMatchObject({
        'content-type': 'application/octet-stream',
        'content-disposition': 'attachment; filename="file.bin"',
        'content-security-policy': "default-src 'none'; sandbox",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      })
      const part = await readFile(reader, file.fileId, { range: 'bytes=10-19' })
      expect([part.status, part.bytes.equals(Buffer.from(bytes.subarray(10, 20)))]).toEqual([206, true])
      for (const [preview, most] of [
        ['thumbnail', 12 * 1024],
        ['view', 150 * 1024],
      ] as const) {
        const drawn = await readFile(reader, `${file.fileId}/previews/${preview}`)
        expect([drawn.status, drawn.headers.get('content-type'), drawn.bytes.length <= most]).toEqual([200, 'image/webp', true])
      }
    }
    const never = 'never_never_never_neve'
    for (const path of ['', '/previews/thumbnail', '/previews/page-1'])
      expect(bare(await readFile(other, `${file.fileId}${path}`))).toEqual(bare(await readFile(other, `${never}${path}`)))
    expect((await readFile(other, file.fileId)).status).toBe(404)
    expect((await readFile({ ...own, token: 'none' }, file.fileId)).status).toBe(401)
    for (const log of files.world.journal) expect(log).not.toMatch(/Чек|№ 14/)
  }, 60_000)

  it('[FIL-18] that is a PDF shows its pages, and none that it has not', async () => {
    const [own, other] = files.senders
    const { file } = await sendAndPost(
      files.room.people[0],
      own,
      { audience: 'all', name: 'счёт.pdf' },
      await pdf(['Invoice 14', 'Page two']),
    )
    expect(file).toMatchObject({ type: 'pdf', pages: 2, hasPreview: true })
    const page = await readFile(other, `${file.fileId}/previews/page-2`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect((await readFile(other, `${file.fileId}/previews/page-3`)).status).toBe(404)
    expect((await readFile(other, `${file.fileId}/previews/view`)).status).toBe(404)
  }, 60_000)

  it('[FIL-22] rests encrypted, with its name and its words, before and after it is posted; two alike are not known to be', async () => {
    const [own] = files.senders
    const bytes = Buffer.from(`${CANARY} `.repeat(9_000))
    const what = { audience: room(), name: `${CANARY}.txt` }
    const { fileId } = await send(own, what, bytes)
    expect(rests().includes(CANARY)).toBe(false)
    accepted(await post(files.room.people[0], room(), fileId, { text: CANARY }))
    const again = await sendAndPost(files.room.people[0], own, what, bytes)
    expect((await readFile(own, fileId)).bytes.equals((await readFile(own, again.file.fileId)).bytes)).toBe(true)
    expect(rests().includes(CANARY)).toBe(false)
    const [one, two] = [await files.storage.files.read(fileId), await files.storage.files.read(again.file.fileId)]
    expect(one?.form === 'pieces' && two?.form === 'pieces' && Buffer.from(one.mac).equals(Buffer.from(two.mac))).toBe(false)
    expect(JSON.stringify(files.world.journal)).not.toContain(CANARY)
  }, 60_000)

  it('[FIL-15] is gone when it is taken away: for every reader at once, from the storage soon, previews too', async () => {
    const [own, , mediator] = files.senders
    const before = await files.resting()
    const { file, ...place } = await sendAndPost(files.room.people[0], own, { audience: room(), name: 'фото.jpg' }, await jpeg())
    await expect.poll(async () => (await files.resting()).length).toBe(before.length + 3)
    accepted(await say(files.room.mediator.socket, messageRedact, { audience: room(), ...place }))
    for (const reader of [own, mediator])
      for (const path of ['', '/previews/thumbnail', '/previews/view'])
        expect((await readFile(reader, `${file.fileId}${path}`)).status).toBe(404)
    await expect
      .poll(async () => {
        files.world.timers.advance(5_000)
        return files.resting()
      })
      .toEqual(before)
    await files.room.people[0].resume()
    expect(files.room.people[0].events(room()).at(-1)?.type).toBe('body:redacted')
    expect(await post(files.room.people[0], room(), file.fileId)).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
  }, 60_000)

  it('[FIL-21] tells the other side nothing: not a frame, and every answer the same as before', async () => {
    const [own, other] = files.senders
    const [first, second] = files.room.people
    await second.resume()
    const frames = second.frames.length
    const answers = async () => {
      const begun = await begin(other, { audience: 'all', name: 'чат.txt' }, 10)
      const place = begun.headers.get('location') ?? ''
      const told = [
        await readFile(other, ''),
        await readFile(other, 'never_never_never_neve'),
        await readFile(other, 'never_never_never_neve/previews/thumbnail'),
      ].map(bare)
      const refusals = [
        await begin(other, { audience: room(), name: 'чат.txt' }, 10),
        await begin(other, { audience: 'all', name: 'чат.txt' }, 4_000_000_000),
        await begin(other, { audience: 'all', name: 'чат.exe' }, 10),
        await tus(other, 'HEAD', place),
        await tus(other, 'DELETE', place),
      ]
      return JSON.stringify([begun.status, told, refusals.map(({ status, problem }) => [status, { ...problem, id: '' }])])
    }
    const quiet = await answers()
    const { file, ...place } = await sendAndPost(first, own, { audience: room(), name: 'фото.jpg' }, await jpeg())
    await readFile(own, `${file.fileId}/previews/view`)
    await send(own, { audience: room(), name: 'сурет.jpg' }, joined('<svg/>'))
    await begin(own, { audience: room(), name: 'чат.txt' }, 4_000_000_000)
    await sendAndPost(files.room.mediator, files.senders[2], { audience: room(), name: 'счёт.pdf' }, await pdf())
    accepted(await say(files.room.mediator.socket, messageRedact, { audience: room(), ...place }))
    expect(await answers()).toBe(quiet)
    await second.resume()
    const told = second.frames.slice(frames).join()
    expect(told).not.toMatch(/file:posted|body:redacted/)
    expect(told).not.toContain(room())
    expect(told).not.toContain(file.fileId)
  }, 60_000)
})

/** A download whose reader takes one portion and then waits. */
function slowDownload(from: SendingTo, fileId: string) {
  return new Promise<{ taken: number; goOn: () => Promise<{ bytes: number; whole: boolean }> }>((resolve, reject) => {
    const asked = get(`${from.url}/api/cases/${from.caseId}/files/${fileId}`, { headers: { authorization: `Bearer ${from.token}` } })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.once('data', (first: Buffer) => {
        response.pause()
        let bytes = first.length
        const goOn = () =>
          new Promise<{ bytes: number; whole: boolean }>((over) => {
            response.on('data', (data: Buffer) => {
              bytes += data.length
            })
            response.on('error', () => undefined)
            response.on('close', () => over({ bytes, whole: response.complete }))
            response.resume()
          })
        resolve({ taken: bytes, goOn })
      })
    })
  })
}

it('[FIL-20] a download ends in the middle when its reader is taken out of the case', async () => {
  const [own, other] = files.senders
  const long = Buffer.from('Переписка за три года, строка за строкой.\n'.repeat(440_000))
  const { file } = await sendAndPost(files.room.people[0], own, { audience: 'all', name: 'переписка.txt' }, long)
  const whole = await (await slowDownload(own, file.fileId)).goOn()
  expect(whole).toEqual({ bytes: long.length, whole: true })
  const download = await slowDownload(other, file.fileId)
  accepted(await say(files.room.mediator.socket, personEnd, { participantId: files.room.people[1].me }))
  const cut = await download.goOn()
  expect(cut.whole).toBe(false)
  expect(cut.bytes).toBeLessThan(long.length)
}, 90_000)
