// What a connection carries of somebody who is not in a room that was opened for some, byte for byte, with it and without.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { roomAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type RoomId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'
import { groupEnd, groupEnter, groupInvite, groupLeave, groupOpen, groupRename } from '#shared/rooms/group-protocol.ts'
import { roomLock } from '#shared/rooms/lock-protocol.ts'

const roomId = asId<RoomId>('lawyers'.padEnd(22, '_'))
const room = roomAudience(roomId)

function accepted(ack: CommandAck): void {
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
}

async function morning(withRoom: boolean): Promise<readonly string[]> {
  const storage = memoryStorage()
  const world = await socketWorld({ storage, clock: setClock(), seed: 'morning' })
  const scene = supplyCase(3)
  const { caseId, mediator, people } = scene
  const [first, watcher, third] = people
  if (!third) throw new Error('three sides')
  await openSession(world.log, scene)
  const own = world.connect(caseId, first.id)
  const guide = world.connect(caseId, mediator.id)
  await Promise.all([connected(own), connected(guide)])
  const other = world.connect(caseId, watcher.id)
  const frames: string[] = []
  other.io.on('open', () => {
    other.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      // The first application frame carries the connection's own random id.
      if (packet.type === 'message' && !String(packet.data).startsWith('0{')) frames.push(String(packet.data))
    })
  })
  await connected(other)
  const seenOf = async (audience: 'all' | typeof room) => {
    const head = (await world.log.state(caseId)).audiences.get(audience)
    return { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  }
  const post = async (socket: Socket, audience: 'all' | typeof room, text: string, id: CommandId = newCommandId()) =>
    accepted(await say(socket, messagePost, { audience, id, text }, { id, seen: await seenOf(audience) }))

  await post(other, 'all', 'Добрый день', idOf('message-1'))
  if (withRoom) {
    accepted(await say(guide, groupOpen, { roomId, name: 'Құпия бөлме', people: [first.id], end: { way: 'session' } }))
    accepted(await say(own, groupEnter, { roomId }))
    for (let i = 0; i < 10; i++) await post(i % 2 ? own : guide, room, `құпия ${i}`)
    accepted(await say(guide, groupInvite, { roomId, people: [third.id] }))
    accepted(await say(guide, groupRename, { roomId, name: 'Сроки' }))
    accepted(await say(guide, roomLock, { audience: room, what: 'messages' }))
    accepted(await say(own, groupLeave, { roomId }))
  }
  await post(guide, 'all', 'Продолжим', idOf('message-2'))
  // Asking for a room by its very id is answered like asking for one that is not.
  const reply = await say(other, groupEnter, { roomId }, { id: idOf<CommandId>('try') })
  expect(reply).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
  await other.timeout(30_000).emitWithAck(WIRE.older, { audience: room, before: 5 })
  if (withRoom) accepted(await say(guide, groupEnd, { roomId }))
  await post(other, 'all', 'Хорошо', idOf('message-3'))
  await resumeAll(other)
  await expect.poll(() => frames.filter((frame) => frame.includes('message-3_')).length).toBeGreaterThan(1)
  await world.close()
  await storage.close()
  return frames
}

describe('a room for some on the wire', () => {
  it('[ROO-131] [CAU-3] leaves what everybody outside receives byte for byte the same, invitations, locks and end included', async () => {
    const quiet = await morning(false)
    const withRoom = await morning(true)
    expect(quiet.length).toBeGreaterThan(4)
    expect(withRoom).toEqual(quiet)
    expect(withRoom.join()).not.toContain('room:opened')
  })
})
