// What a person's own program can ask of the server with files: byte by byte, all at once, and while the device is no longer theirs.
import { get, request } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Storage } from '#server/storage/ports.ts'
import { answered } from '#server/testing/http-world.ts'
import { accepted } from '#server/testing/live-room.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { personHandOver, personTakeBack } from '#shared/identity/phone-protocol.ts'
import { type FilesWorld, filesWorld, readFile } from './testing/files-world.ts'
import { joined, pdf } from './testing/sample-files.ts'
import { begin, fileIdIn, patch, placeOf, post, type SendingTo, sendAndPost, tus } from './testing/send-file.ts'

let files: FilesWorld
afterEach(() => files.world.close())

const OWN_CODE = '403917'
const phoneOf = ({ open }: FilesWorld) => {
  const [person] = open.people
  const { participantId } = person.session
  return {
    give: async () => answered(await person.browser.call(personHandOver, { participantId, code: OWN_CODE })),
    takeBack: async () => answered(await person.browser.call(personTakeBack, { participantId, code: OWN_CODE })).token,
  }
}
const offsetOf = async (to: SendingTo, place: string) => Number((await tus(to, 'HEAD', place)).headers.get('upload-offset'))

describe('an upload', () => {
  beforeEach(async () => {
    files = await filesWorld()
  }, 60_000)

  it('[FIL-421] that comes byte by byte leaves no more parts than any other, and comes no faster than parts may', async () => {
    const [to] = files.senders
    const bytes = Buffer.from('Salem, korshi! '.repeat(16)).subarray(0, 239)
    const place = placeOf(await begin(to, { audience: 'all', name: 'хат.txt' }, bytes.length + 2))
    const goOn = files.world.clock.hold()
    for (let at = 0; at < bytes.length; at++) {
      expect((await patch(to, place, at, bytes.subarray(at, at + 1))).status).toBe(204)
    }
    expect(await files.resting()).toHaveLength(1)
    const end = Buffer.from('!\n')
    expect((await patch(to, place, bytes.length, end.subarray(0, 1))).status).toBe(204)
    expect((await patch(to, place, bytes.length + 1, end.subarray(1))).problem).toMatchObject({ kind: 'too-many', details: { seconds: 1 } })
    goOn()
    await expect.poll(async () => (await patch(to, place, bytes.length + 1, end.subarray(1))).status).toBe(204)
    accepted(await post(files.room.people[0], 'all', fileIdIn(place)))
    expect((await readFile(to, fileIdIn(place))).bytes.equals(Buffer.concat([bytes, end]))).toBe(true)
    await expect.poll(files.resting).toEqual([fileIdIn(place)])
  }, 90_000)

  it('[FIL-422] stops in the middle when the phone is given away, and goes on when its person is back', async () => {
    const [to] = files.senders
    const phone = phoneOf(files)
    const bytes = Buffer.from('строка переписки\n'.repeat(60_000))
    const place = placeOf(await begin(to, { audience: 'all', name: 'чат.txt' }, bytes.length))
    const sending = request(`${to.url}${place}`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${to.token}`,
        'tus-resumable': '1.0.0',
        'upload-offset': 0,
        'content-type': 'application/offset+octet-stream',
        'content-length': bytes.length,
      },
    })
    const answer = new Promise<number>((resolve) => sending.on('response', ({ statusCode = 0 }) => resolve(statusCode)))
    sending.on('error', () => undefined)
    sending.write(bytes.subarray(0, 700_000))
    await expect.poll(() => offsetOf(to, place), { timeout: 20_000 }).toBeGreaterThan(0)
    await phone.give()
    sending.end(bytes.subarray(700_000))
    expect(await answer).toBe(401)
    expect((await tus(to, 'HEAD', place)).status).toBe(401)
    const back = { ...to, token: await phone.takeBack() }
    const offset = await offsetOf(back, place)
    expect(offset).toBeLessThan(bytes.length)
    expect((await patch(back, place, offset, bytes.subarray(offset))).status).toBe(204)
  }, 60_000)
})

/** A download whose reader takes one portion and then waits. */
function slowDownload(from: SendingTo, fileId: string): Promise<() => Promise<boolean>> {
  return new Promise((resolve, reject) => {
    const asked = get(`${from.url}/api/cases/${from.caseId}/files/${fileId}`, { headers: { authorization: `Bearer ${from.token}` } })
    asked.on('error', reject)
    asked.on('response', (response) => {
      response.once('data', () => {
        response.pause()
        resolve(
          () =>
            new Promise((whole) => {
              response.on('error', () => undefined)
              response.on('close', () => whole(response.complete))
              response.on('data', () => undefined)
              response.resume()
            }),
        )
      })
    })
  })
}

describe('a download', () => {
  beforeEach(async () => {
    files = await filesWorld()
  }, 60_000)

  it('[FIL-422] ends in the middle when the phone is given away', async () => {
    const [to] = files.senders
    const long = Buffer.from('Переписка за три года, строка за строкой.\n'.repeat(440_000))
    const { file } = await sendAndPost(files.room.people[0], to, { audience: 'all', name: 'переписка.txt' }, long)
    const goOn = await slowDownload(to, file.fileId)
    await phoneOf(files).give()
    expect(await goOn()).toBe(false)
  }, 90_000)
})

describe('pages', () => {
  const reading = { now: 0, most: 0 }
  beforeEach(async () => {
    files = await filesWorld({ storage: counting(memoryStorage()) })
  }, 60_000)

  /** How many files are being read at once. */
  function counting(storage: Storage): Storage {
    const read: Storage['files']['read'] = async (id) => {
      const found = await storage.files.read(id)
      if (found?.form !== 'pieces') return found
      return {
        ...found,
        async *pieces(from) {
          reading.most = Math.max(reading.most, ++reading.now)
          try {
            yield* found.pieces(from)
          } finally {
            reading.now--
          }
        },
      }
    }
    return new Proxy(storage, {
      get: (of, name) =>
        name === 'files' ? new Proxy(of.files, { get: (all, key) => (key === 'read' ? read : bound(all, key)) }) : bound(of, name),
    })
  }

  it('[FIL-423] asked for all at once are drawn one after another: no more than one of a person is in memory', async () => {
    const [to] = files.senders
    const bytes = joined(await pdf(['1', '2', '3']), '%'.repeat(200_000), '\n')
    const { file } = await sendAndPost(files.room.people[0], to, { audience: 'all', name: 'счёт.pdf' }, bytes)
    reading.most = 0
    const asked = Array.from({ length: 8 }, (_, at) => readFile(to, `${file.fileId}/previews/page-${(at % 3) + 1}`))
    const answers = (await Promise.all(asked)).map(({ status }) => status)
    expect(answers.filter((status) => status === 200)).toHaveLength(8)
    expect(reading.most).toBe(1)
  }, 90_000)
})

function bound<Of extends object>(of: Of, name: string | symbol): unknown {
  const found: unknown = Reflect.get(of, name)
  return typeof found === 'function' ? found.bind(of) : found
}
