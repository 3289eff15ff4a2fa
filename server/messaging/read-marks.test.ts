// Reading on the wire and in the log: what others, the mediator among them, receive of it, and what it costs.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { act, idOf, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { CommandId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { MARKS_APART_MS, messagesRead, readMark } from '#shared/messaging/read-marks-protocol.ts'
import { type CommandAck, type Seen, WIRE, type WireEvent } from '#shared/protocol/wire.ts'

function recordFrames(socket: Socket): string[] {
  const frames: string[] = []
  socket.io.on('open', () => {
    socket.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      // The first application frame carries the connection's own random id.
      if (packet.type === 'message' && !String(packet.data).startsWith('0{')) frames.push(String(packet.data))
    })
  })
  return frames
}

function accepted(ack: CommandAck): void {
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
}

/** A talk of all in which the first person, on two devices, marks what they have read or does not; what the others receive meanwhile. */
async function talk(isRead: boolean) {
  const storage = memoryStorage()
  const clock = setClock()
  const world = await socketWorld({ storage, clock, seed: 'reading' })
  const scene = supplyCase()
  const { caseId, mediator, people } = scene
  const [first, second] = people
  await openSession(world.log, scene)
  const [own, tablet] = [world.connect(caseId, first.id), world.connect(caseId, first.id)]
  await Promise.all([connected(own), connected(tablet)])
  await resumeAll(tablet)
  const told: WireEvent[] = []
  tablet.on(WIRE.event, (events: readonly WireEvent[]) => told.push(...events))
  const [guide, other] = [world.connect(caseId, mediator.id), world.connect(caseId, second.id)]
  const frames = [guide, other].map(recordFrames)
  await Promise.all([connected(guide), connected(other)])
  await resumeAll(guide)
  const head = (await resumeAll(other)).events.findLast(({ audience }) => audience === 'all')
  if (!head) throw new Error('the joint session has begun')
  const seen: Seen = { audience: 'all', epoch: head.epoch, seq: head.seq, hash: head.hash }
  for (let nth = 1; nth <= 4; nth++) {
    clock.set(clock.now() + MARKS_APART_MS)
    const id = idOf<CommandId>(`message-${nth}`)
    accepted(await say(nth % 2 ? guide : other, messagePost, { audience: 'all', id, text: `сөз ${nth}` }, { id, seen }))
    if (isRead) accepted(await say(own, readMark, { marks: [{ audience: 'all', seq: head.seq + nth }] }))
  }
  await resumeAll(guide)
  await resumeAll(other)
  for (const socket of [guide, other])
    for (const audience of ['all', selfAudience(first.id)]) await socket.timeout(30_000).emitWithAck(WIRE.older, { audience, before: 9 })
  const marks = () => told.filter(({ type }) => type === messagesRead.name)
  if (isRead) await expect.poll(() => marks().length).toBe(4)
  const resumed = await resumeAll(tablet)
  await world.close()
  await storage.close()
  return { frames, marks: marks(), resumed, own: selfAudience(first.id) }
}

describe('reading', () => {
  it('[MSG-40] tells nobody else anything: what mediator and other side receive is byte for byte the same with and without it', async () => {
    const [unread, read] = [await talk(false), await talk(true)]
    expect(unread.frames.map(({ length }) => length > 5)).toEqual([true, true])
    expect(read.frames).toEqual(unread.frames)
  })

  it('[MSG-41] is told to the other devices of the same person, at once and when they come back', async () => {
    const { marks, resumed, own } = await talk(true)
    expect(new Set(marks.map(({ audience }) => audience))).toEqual(new Set([own]))
    expect(resumed.events.filter(({ type }) => type === messagesRead.name)).toHaveLength(4)
  })

  it('[MSG-42] costs nothing of what one may write, and adds no more to a case than there was to read', async () => {
    const storage = memoryStorage()
    const clock = setClock()
    const server = () => serverOver({ storage, clock })
    const log = server()
    const scene = supplyCase()
    const { caseId, mediator, people } = scene
    const [first] = people
    await openSession(log, scene)
    const spent = async (from = log) => (await from.state(caseId)).spent.get(first.id)
    const before = await spent()
    const own = selfAudience(first.id)
    const start = (await log.state(caseId)).audiences.get(own)?.seq ?? 0
    for (let nth = 0; nth < 5; nth++) {
      const head = (await log.state(caseId)).audiences.get('all')
      const id = newCommandId()
      const seen: Seen = { audience: 'all', epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
      await act(log, mediator, messagePost, { audience: 'all', id, text: 'сөз' }, { id, seen })
      clock.set(clock.now() + MARKS_APART_MS)
      // as a device would that says it again and again, and of rooms that are not its own
      const rooms = ['all', sideAudience(idOf('side-1')), directAudience(mediator.id), selfAudience(mediator.id)] as const
      for (let again = 0; again < 4; again++)
        await act(log, first, readMark, { marks: rooms.map((audience) => ({ audience, seq: 1_000_000 })) })
    }
    expect((await log.state(caseId)).audiences.get(own)?.seq).toBe(start + 5)
    expect(await spent()).toEqual(before)
    expect(await spent(server())).toEqual(before)
    await storage.close()
  })
})
