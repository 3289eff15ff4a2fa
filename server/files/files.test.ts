// Files through the whole platform: sent by tus over HTTP, posted at a socket, read by whoever may.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accepted, type Room, startSession } from '#server/testing/live-room.ts'
import { addMediator, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { jpeg, pdf } from './testing/sample-files.ts'
import { begin, fileIdIn, patch, placeOf, post, type SendingTo, send, sendAndPost, tus } from './testing/send-file.ts'

let world: PlatformWorld
let open: OpenCase
let room: Room

beforeEach(async () => {
  world = await platformWorld()
  open = await openCase(world, await addMediator(world, await setUpOwner(world)))
  room = await startSession(world, open)
}, 30_000)
afterEach(() => world.close())

function sender(person: 0 | 1): SendingTo {
  return { url: world.url, caseId: open.caseId, token: open.people[person].session.token }
}
const mediator = (): SendingTo => ({ url: world.url, caseId: open.caseId, token: open.mediator.token })

async function get(to: SendingTo, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${to.url}/api/cases/${to.caseId}/files/${path}`, {
    headers: { authorization: `Bearer ${to.token}`, ...headers },
  })
  return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) }
}

describe('a file', () => {
  it('[FIL-6] comes in parts, is posted once, and is read by its audience with its previews', async () => {
    const bytes = await jpeg()
    const side = sideAudience(room.sides[0])
    const [device] = room.people
    const { file } = await sendAndPost(device, sender(0), { audience: side, name: 'Чек № 14.jpg', evidence: 'cleaned' }, bytes)
    expect(file).toMatchObject({
      name: 'Чек № 14.jpg',
      type: 'jpeg',
      size: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      evidence: 'cleaned',
      width: 640,
      height: 480,
      hasPreview: true,
    })
    for (const reader of [sender(0), mediator()]) {
      const whole = await get(reader, file.fileId)
      expect(Buffer.from(whole.bytes).equals(Buffer.from(bytes))).toBe(true)
      expect(whole.headers.get('content-disposition')).toBe('attachment; filename="file.bin"')
      const thumbnail = await get(reader, `${file.fileId}/previews/thumbnail`)
      expect([thumbnail.status, thumbnail.headers.get('content-type'), thumbnail.bytes.length <= 12 * 1024]).toEqual([
        200,
        'image/webp',
        true,
      ])
    }
    const other = await get(sender(1), file.fileId)
    expect(other.status).toBe(404)
  })

  it('[FIL-18] of a PDF pages are drawn', async () => {
    const { file } = await sendAndPost(
      room.people[0],
      sender(0),
      { audience: 'all', name: 'счёт.pdf' },
      await pdf(['Invoice 14', 'Page two']),
    )
    expect(file).toMatchObject({ type: 'pdf', pages: 2, hasPreview: true })
    const page = await get(sender(1), `${file.fileId}/previews/page-2`)
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })
})
