import { describe, expect, it } from 'vitest'
import { type CaseStorage, createCaseStorage } from '#client/realtime/case-storage.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { createOutbox } from '#client/realtime/outbox.ts'
import { TEST_CASE, testId } from '#client/realtime/testing/history.ts'
import { memoryDeviceStorage, memoryDisk } from '#client/realtime/testing/memory-device-storage.ts'
import { countingEntropy, createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createUnsentMarks } from '#client/realtime/unsent-marks.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { CommandAck, CommandEnvelope, Seen } from '#shared/protocol/wire.ts'
import type { NewFile } from './file-to-send.ts'
import { KEPT_AT_MOST } from './kept-files.ts'
import type { UploadHeard, UploadWay } from './upload-way.ts'
import { createUploads, HELD_FOR } from './uploads.ts'

const ME = testId<ParticipantId>('ada')
const CAUCUS: Audience = 'side:sideAAAAAAAAAAAAAAAAAA' as Audience // an id of the right shape
const CHANGED: Problem = { kind: 'conflict', reason: 'messaging/readers-changed', details: { names: ['Eve'] } }

const file = (name: string, size = 10): NewFile => ({
  content: new Blob([new Uint8Array(size).fill(7)], { type: 'image/jpeg' }),
  name,
  evidence: 'cleaned',
  text: undefined,
})

interface Sending {
  readonly name: string
  readonly audience: Audience
  readonly url: string | undefined
  readonly content: Blob
  readonly heard: UploadHeard
  stopped: boolean
}

/** A page on a device, with what rests there, and a server that takes what the test lets it take. */
function page(
  options: { disk?: ReturnType<typeof memoryDisk>; keeps?: boolean; answer?: (sent: CommandEnvelope) => CommandAck | undefined } = {},
) {
  const clock = createTestClock()
  const device = memoryDeviceStorage(options.disk ?? memoryDisk())
  const storage: CaseStorage | undefined =
    options.keeps === false ? undefined : createCaseStorage(device, { caseId: TEST_CASE, participantId: ME, page: `p${pages++}` })
  const connection = createStore<ConnectionState>({ kind: 'live' })
  const posted: CommandEnvelope[] = []
  const seen: { now: Seen | undefined } = { now: { audience: 'all', epoch: 0, seq: 3, hash: '' } }
  const outbox = createOutbox({
    connection: {
      state: connection.state,
      ask<T>(_name: string, envelope: unknown) {
        posted.push(envelope as CommandEnvelope)
        const answer = options.answer?.(envelope as CommandEnvelope)
        return answer ? Promise.resolve(answer as T) : new Promise<T>(() => undefined)
      },
    },
    storage: storage?.outbox,
    clock,
    timers: clock,
    entropy: countingEntropy(),
  })
  const unsent = createUnsentMarks(clock)
  const uploads = createUploads({
    connection: { ...connection, state: connection.state } as never, // its state is all that is asked for
    outbox,
    storage,
    timers: clock,
    unsent,
    now: clock.now,
    store: { seen: () => seen.now } as never, // as above
    put: (definition: never, audience, input: never, known) => outbox.put({ definition, audience, input, seen: known, keep: true }),
  })
  const sendings: Sending[] = []
  const dropped: string[] = []
  const way: UploadWay = {
    send({ name, audience, url, content }, heard) {
      const sending: Sending = { name, audience, url, content, heard, stopped: false }
      sendings.push(sending)
      return () => {
        sending.stopped = true
      }
    },
    drop: (url) => dropped.push(url),
  }
  uploads.open(way)
  return { clock, device, connection, posted, outbox, uploads, unsent, sendings, dropped, seen }
}

const kinds = ({ uploads }: Pick<ReturnType<typeof page>, 'uploads'>) => uploads.state().map(({ state }) => state.kind)
let pages = 0
const place = (name: string) => `/api/cases/c/uploads/${testId(name)}`
const keyOf = ({ uploads }: Pick<ReturnType<typeof page>, 'uploads'>, nth = 0) => uploads.state()[nth]?.key ?? ''

describe('files on their way', () => {
  it('[FIL-66] nothing leaves the device for five seconds, and what is taken back never does', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg'), file('b.jpg')])
    await here.clock.wind(HELD_FOR - 1)
    expect(here.sendings).toEqual([])
    here.uploads.cancel(keyOf(here))
    await here.clock.wind(60_000)
    expect(here.sendings.map(({ name }) => name)).toEqual(['b.jpg'])
  })

  it('[FIL-66] the seconds stand still while somebody looks', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg')])
    here.uploads.look(true)
    await here.clock.wind(60_000)
    expect(kinds(here)).toEqual(['held'])
    here.uploads.look(false)
    await here.clock.wind(HELD_FOR)
    expect(kinds(here)).toEqual(['sending'])
  })

  it('[FIL-66] whoever takes one back by keyboard does not hold the others for ever', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg'), file('b.jpg')])
    here.uploads.look(true)
    here.uploads.cancel(keyOf(here))
    await here.clock.wind(HELD_FOR)
    expect(here.sendings.map(({ name }) => name)).toEqual(['b.jpg'])
  })

  it('[FIL-67] several go one after another in their order, each into the room that it was confirmed for', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg'), file('b.jpg')])
    here.uploads.add(CAUCUS, [file('c.jpg')])
    await here.clock.wind(HELD_FOR)
    for (const name of ['a', 'b', 'c']) {
      expect(here.sendings.filter(({ stopped }) => !stopped)).toHaveLength(here.sendings.length)
      here.sendings.at(-1)?.heard.done(place(name))
    }
    expect(here.sendings.map(({ name, audience }) => [name, audience])).toEqual([
      ['a.jpg', 'all'],
      ['b.jpg', 'all'],
      ['c.jpg', CAUCUS],
    ])
    await here.clock.wind(0)
    const inputs = here.posted.map(({ name, input }) => [name, (input as { audience: string }).audience])
    expect(inputs).toEqual([
      [filePost.name, 'all'],
      [filePost.name, CAUCUS],
    ])
  })

  it('[FIL-68] an interrupted file goes on where it stopped, after a while and when the line is back', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.begun(place('a'))
    here.sendings[0]?.heard.interrupted()
    expect(kinds(here)).toEqual(['waiting'])
    here.connection.set({ kind: 'offline', since: 0 })
    await here.clock.wind(60_000)
    expect(here.sendings).toHaveLength(1)
    here.connection.set({ kind: 'live' })
    expect(here.sendings.map(({ url }) => url)).toEqual([undefined, place('a')])
  })

  it('[FIL-68] after a reload it goes on with the same bytes at the same place; what could still be taken back waits for its person', async () => {
    const disk = memoryDisk()
    const before = page({ disk })
    before.uploads.add('all', [file('a.jpg', 3000)])
    await before.clock.wind(HELD_FOR)
    before.sendings[0]?.heard.begun(place('a'))
    before.uploads.add('all', [file('b.jpg')])
    await expect.poll(() => before.uploads.state().every(({ key }) => before.uploads.isKept(key))).toBe(true)
    await expect.poll(() => disk.rests.size).toBeGreaterThan(2)
    before.uploads.close()

    const after = page({ disk })
    expect(after.sendings.map(({ name, url, content }) => [name, url, content.size])).toEqual([['a.jpg', place('a'), 3000]])
    expect(kinds(after)).toEqual(['sending', 'stopped'])
    await after.clock.wind(60_000)
    expect(after.sendings).toHaveLength(1)
    after.sendings[0]?.heard.done(place('a'))
    after.uploads.again(keyOf(after, 1))
    expect(after.sendings.map(({ name }) => name)).toEqual(['a.jpg', 'b.jpg'])
  })

  it('[FIL-69] what is too large to be kept, or may not be kept here, is not said to be', async () => {
    const small = page()
    small.uploads.add('all', [file('a.jpg'), file('b.pdf', KEPT_AT_MOST)])
    await expect.poll(() => small.uploads.isKept(keyOf(small))).toBe(true)
    expect(small.uploads.isKept(keyOf(small, 1))).toBe(false)
    expect(small.unsent.counted.state().unkept).toBe(1)
    const foreign = page({ keeps: false })
    foreign.uploads.add('all', [file('a.jpg')])
    await foreign.clock.wind(HELD_FOR)
    expect(foreign.uploads.isKept(keyOf(foreign))).toBe(false)
    expect(foreign.unsent.counted.state()).toEqual({ waiting: 1, refused: 0, unkept: 1 })
  })

  it('[FIL-71] is counted as unsent from its first second until the server has taken it, also when it was refused', async () => {
    const here = page()
    expect(here.unsent.counted.state()).toMatchObject({ waiting: 0, refused: 0 })
    here.uploads.add('all', [file('a.jpg'), file('b.jpg')])
    expect(here.unsent.counted.state()).toMatchObject({ waiting: 2, refused: 0 })
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.refused({ kind: 'invalid', reason: 'files/unsafe' })
    expect(here.unsent.counted.state()).toMatchObject({ waiting: 1, refused: 1 })
    here.sendings[1]?.heard.sent(10)
    expect(kinds(here)).toEqual(['refused', 'checking'])
    here.sendings[1]?.heard.done(place('b'))
    expect(here.unsent.counted.state()).toMatchObject({ waiting: 0, refused: 1 })
    expect(here.outbox.entries().map(({ state }) => state.kind)).toEqual(['sending'])
  })

  it('[FIL-72] where readers have changed it waits for its person, and sent anyway nothing goes twice', async () => {
    const answers: CommandAck[] = [{ ok: false, problem: CHANGED }]
    const here = page({ answer: () => answers.shift() })
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.done(place('a'))
    await here.clock.wind(0)
    expect(here.uploads.state()[0]?.state).toEqual({ kind: 'refused', problem: CHANGED })
    here.seen.now = { audience: 'all', epoch: 0, seq: 9, hash: '' }
    here.uploads.again(keyOf(here))
    expect(here.sendings).toHaveLength(1)
    expect(here.posted.map(({ seen }) => seen?.seq)).toEqual([3, 9])
    expect(new Set(here.posted.map(({ input }) => (input as { fileId: string }).fileId)).size).toBe(1)
  })

  it('[FIL-72] where bytes are missing on the server they go first, once more, and nothing of the first try is left', async () => {
    const answers: CommandAck[] = [{ ok: false, problem: { kind: 'conflict', reason: 'files/incomplete' } }]
    const here = page({ answer: () => answers.shift() })
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.done(place('a'))
    await here.clock.wind(0)
    here.uploads.again(keyOf(here))
    expect(here.sendings.map(({ url }) => url)).toEqual([undefined, place('a')])
    expect(kinds(here)).toEqual(['sending'])
    here.sendings[1]?.heard.done(place('a'))
    expect(here.outbox.entries()).toHaveLength(1)
  })

  it('[FIL-72] put aside by its person, a file that was refused at its end is counted no more', async () => {
    const here = page({ answer: () => ({ ok: false, problem: CHANGED }) })
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.done(place('a'))
    await here.clock.wind(0)
    here.uploads.cancel(keyOf(here))
    expect(here.uploads.state()).toEqual([])
    expect(here.outbox.entries()).toEqual([])
    expect(here.unsent.counted.state()).toMatchObject({ waiting: 0, refused: 0, unkept: 0 })
  })

  it('[FIL-73] taken by the server it leaves the device: nothing of it is kept', async () => {
    const disk = memoryDisk()
    const here = page({ disk, answer: () => ({ ok: true, value: { at: [{ audience: 'all', epoch: 0, seq: 4 }] } }) })
    here.uploads.add('all', [file('a.jpg')])
    await expect.poll(() => here.uploads.isKept(keyOf(here))).toBe(true)
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.done(place('a'))
    await here.clock.wind(0)
    here.outbox.settle(() => 4)
    expect(here.uploads.state()).toEqual([])
    await expect.poll(() => [...disk.rests.keys()]).toEqual([])
  })

  it('[FIL-73] taken back on its way it stops, and the server is told to drop what it has', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.sendings[0]?.heard.begun(place('a'))
    here.uploads.cancel(keyOf(here))
    expect(here.sendings[0]?.stopped).toBe(true)
    expect(here.dropped).toEqual([place('a')])
    await expect.poll(() => here.device.content.size).toBe(0)
  })

  it('[FIL-74] what was about to be kept when its person left is not written after all', async () => {
    const content = new Blob([new Uint8Array(4_000)])
    let give: (bytes: ArrayBuffer) => void = () => undefined
    const slow = new Promise<ArrayBuffer>((resolve) => {
      give = resolve
    })
    Object.defineProperty(content, 'arrayBuffer', { value: () => slow })
    const here = page()
    here.uploads.add('all', [{ ...file('a.jpg'), content }])
    here.uploads.wipe()
    here.device.content.clear()
    give(new ArrayBuffer(4_000))
    await slow
    await here.clock.wind(0)
    expect(here.device.content.size).toBe(0)
  })

  it('[FIL-74] whoever left or was taken out keeps nothing: it stops, and no byte of it stays', async () => {
    const here = page()
    here.uploads.add('all', [file('a.jpg')])
    await here.clock.wind(HELD_FOR)
    here.uploads.wipe()
    expect(here.sendings[0]?.stopped).toBe(true)
    expect(here.uploads.state()).toEqual([])
    here.sendings[0]?.heard.done(place('a'))
    expect(here.posted).toEqual([])
  })
})
