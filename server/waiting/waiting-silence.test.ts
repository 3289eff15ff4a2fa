// What the devices of a side that waits receive, byte for byte, in two afternoons: in one the mediator writes two words to another side, in the
// other talks with it, gives it tasks, reads its answers, gets its files and opens a room. What the mediator set for those who wait is the same.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { everyUpload } from '#server/files/testing/uploaded.ts'
import { idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { callAnswer, caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import { type Audience, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type FileId, type RoomId, type TaskId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { readMark } from '#shared/messaging/read-marks-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'
import { groupEnd, groupEnter, groupOpen } from '#shared/rooms/group-protocol.ts'
import { estimateGive, estimateWithdraw } from '#shared/waiting/estimate-protocol.ts'
import { type Task, type TaskAnswer, taskAnswer, taskGive, taskWithdraw } from '#shared/waiting/task-protocol.ts'

const TOPICS: Task = { kind: 'rank', topics: ['Оплата', 'Мерзімі', 'Штраф'] }

function accepted(ack: CommandAck): void {
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
}

type Elsewhere = 'little' | 'much'

async function afternoon(elsewhere: Elsewhere): Promise<readonly string[]> {
  const storage = memoryStorage()
  const clock = setClock()
  const world = await socketWorld({ storage, clock, seed: 'afternoon', facts: [everyUpload] })
  const scene = supplyCase(3)
  const { caseId, mediator, people, sides } = scene
  const [talking, waiting, third] = people
  const [talked, waits] = sides
  if (!third?.sideId) throw new Error('three sides')
  await openSession(world.log, scene)
  const guide = world.connect(caseId, mediator.id)
  const own = world.connect(caseId, talking.id)
  await Promise.all([connected(guide), connected(own)])
  const other = world.connect(caseId, waiting.id)
  const frames: string[] = []
  other.io.on('open', () => {
    other.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      // The first application frame carries the connection's own random id.
      if (packet.type === 'message' && !String(packet.data).startsWith('0{')) frames.push(String(packet.data))
    })
  })
  await connected(other)
  const does = async <Input>(socket: Socket, command: CommandDefinition<WireName, Input>, input: Input, id?: CommandId) =>
    accepted(await say(socket, command, input, id ? { id } : {}))
  const writes = async (socket: Socket, audience: Audience, text: string, id: CommandId = newCommandId()) => {
    const head = (await world.log.state(caseId)).audiences.get(audience)
    const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
    accepted(await say(socket, messagePost, { audience, id, text }, { id, seen }))
  }
  const room = sideAudience(talked)
  const task = (name: string) => ({ sideId: talked, taskId: idOf<TaskId>(name) })
  const apart = asId<RoomId>('lawyers'.padEnd(22, '_'))

  await does(guide, caucusInvite, { sideId: talked })
  await does(own, caucusEnter, { sideId: talked, company: 'alone' })
  await does(guide, estimateGive, { at: clock.now() + 20 * 60_000 })
  const mine = { sideId: waits, taskId: idOf<TaskId>('mine') }
  const alsoTheirs = elsewhere === 'much' ? [task('theirs')] : []
  await does(guide, taskGive, { to: [mine, ...alsoTheirs], task: TOPICS })
  await writes(guide, room, 'құпия')
  if (elsewhere === 'much') {
    await does(own, taskAnswer, { ...task('theirs'), answer: { kind: 'rank', order: [2, 1, 0] } })
    await does(guide, taskGive, {
      to: [task('more'), { sideId: third.sideId, taskId: idOf<TaskId>('third') }],
      task: { kind: 'write', ask: 'құпия' },
    })
    await does(own, taskAnswer, { ...task('more'), answer: { kind: 'write', text: 'құпия жауап' } })
    for (let i = 0; i < 12; i++) await writes(i % 2 ? own : guide, room, `құпия ${i}`)
    const fileId = asId<FileId>(idOf<CommandId>('invoice'))
    const head = (await world.log.state(caseId)).audiences.get(room)
    const seen = { audience: room, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
    const id = newCommandId()
    accepted(await say(own, filePost, { audience: room, id, fileId, text: 'құпия чек' }, { id, seen }))
    await does(own, mediatorCall, { sideId: talked, reason: 'talk' })
    await does(guide, callAnswer, { sideId: talked })
    await does(guide, readMark, { marks: [{ audience: room, seq: 3 }] })
    await does(guide, groupOpen, { roomId: apart, name: 'Құпия бөлме', people: [talking.id, third.id], end: { way: 'session' } })
    await does(own, groupEnter, { roomId: apart })
    await writes(own, roomAudience(apart), 'құпия да')
    await does(guide, taskWithdraw, task('theirs'))
    await does(guide, groupEnd, { roomId: apart })
  }
  const answer: TaskAnswer = { kind: 'rank', order: [1, 0, 2] }
  await does(other, taskAnswer, { ...mine, answer }, idOf('answer-1'))
  // Asking for another side's task by its very id is answered like asking for one that is not.
  const reply = await say(other, taskAnswer, { ...task('theirs'), answer }, { id: idOf<CommandId>('try') })
  expect(reply).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
  const same = await say(other, taskAnswer, { ...mine, taskId: idOf<TaskId>('theirs'), answer }, { id: idOf<CommandId>('try-own') })
  expect(same).toMatchObject({ ok: false, problem: { kind: 'not-found' } })
  await does(guide, estimateGive, { at: clock.now() + 40 * 60_000 })
  await does(own, caucusEnd, { sideId: talked })
  await does(guide, taskWithdraw, mine)
  await does(guide, estimateWithdraw, {})
  await writes(guide, 'all', 'Жалғастырайық', idOf('message-1'))
  await writes(other, 'all', 'Жарайды', idOf('message-2'))
  await resumeAll(other)
  for (const audience of ['case', room, sideAudience(waits)] as const) {
    await other.timeout(30_000).emitWithAck(WIRE.older, { audience, before: 9 })
  }
  await expect.poll(() => frames.filter((frame) => frame.includes('message-2_')).length).toBeGreaterThan(1)
  await world.close()
  await storage.close()
  return frames
}

describe('the side that waits, on the wire', () => {
  it('[WAI-30] [CAU-3] receives byte for byte the same whatever happens elsewhere, tasks of other sides included', async () => {
    const little = await afternoon('little')
    const much = await afternoon('much')
    expect(little.join()).toContain('estimate:given')
    expect(little.filter((frame) => frame.includes('task:given')).length).toBeGreaterThan(0)
    expect(much).toEqual(little)
    expect(much.join()).not.toContain('құпия')
  })
})
