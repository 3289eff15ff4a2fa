// What the other side's connection carries, byte for byte, with a caucus and without.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { everyFile } from '#server/crossing/testing/every-file.ts'
import { everyUpload, everyUploadOf } from '#server/files/testing/uploaded.ts'
import { idOf, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, say, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import {
  permissionDeliver,
  permissionGive,
  permissionWithdraw,
  type ToAllow,
  wordingAnswer,
  wordingAsk,
} from '#shared/crossing/crossing-protocol.ts'
import { crossingFold } from '#shared/crossing/crossing-state.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId, type FileId, type ParticipantId, type PermissionId, type WordingId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { type CommandAck, type Seen, WIRE } from '#shared/protocol/wire.ts'

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

/** The same morning, with or without a private talk of the mediator with the first side in the middle of it. */
async function morning(withCaucus: boolean): Promise<readonly string[]> {
  const storage = memoryStorage()
  const clock = setClock()
  const world = await socketWorld({ storage, clock, seed: 'morning', facts: [everyUpload, ...everyFile] })
  const scene = supplyCase()
  const { caseId, mediator, people, sides } = scene
  const [first, second] = people
  const [side] = sides
  await openSession(world.log, scene)
  const own = world.connect(caseId, first.id)
  const guide = world.connect(caseId, mediator.id)
  await Promise.all([connected(own), connected(guide)])
  const other = world.connect(caseId, second.id)
  const frames = recordFrames(other)
  await connected(other)
  const arrivedBefore = await resumeAll(other)
  const heads = new Map(
    arrivedBefore.events.map((event): [string, Seen] => [
      event.audience,
      { audience: event.audience, epoch: event.epoch, seq: event.seq, hash: event.hash },
    ]),
  )
  const seen = heads.get('all')
  if (!seen) throw new Error('the joint session has begun')
  const post = async (socket: Socket, text: string, id: CommandId) =>
    accepted(await say(socket, messagePost, { audience: 'all', id, text }, { id, seen }))

  await post(guide, 'Қош келдіңіздер', idOf('message-1'))
  await post(other, 'Добрый день', idOf('message-2'))
  if (withCaucus) {
    const room = sideAudience(side)
    accepted(await say(own, mediatorCall, { sideId: side, reason: 'talk' }))
    accepted(await say(guide, caucusInvite, { sideId: side }))
    accepted(await say(own, caucusEnter, { sideId: side, company: 'alone' }))
    const ownHeads = (await resumeAll(own)).events.filter((event) => event.audience === room).at(-1)
    if (!ownHeads) throw new Error('the side has its room')
    const known: Seen = { audience: room, epoch: ownHeads.epoch, seq: ownHeads.seq, hash: ownHeads.hash }
    for (let i = 0; i < 20; i++) {
      const id = newCommandId()
      accepted(await say(i % 2 ? own : guide, messagePost, { audience: room, id, text: `құпия ${i}` }, { id, seen: known }))
    }
    const wording = { audience: room, wordingId: idOf<WordingId>('wording') }
    accepted(await say(guide, wordingAsk, { ...wording, of: first.id, text: 'құпия сөз' }))
    const shownSeq = async (id: string) => {
      const state = stateIn((await world.log.state(caseId)).audiences, crossingFold, room)
      return state?.wordings[asId<WordingId>(id)]?.seq ?? state?.permissions[asId<PermissionId>(id)]?.seq ?? 0
    }
    accepted(await say(own, wordingAnswer, { ...wording, seq: await shownSeq(wording.wordingId), isRight: true }))
    // allowed for all and withdrawn; allowed for the person themselves and delivered
    const allow = async (name: string, what: ToAllow, to: Audience, readers: ParticipantId[]) => {
      const permission = { audience: room, permissionId: idOf<PermissionId>(name) }
      accepted(await say(own, permissionGive, { ...permission, what, to, readers }))
      const seq = await shownSeq(permission.permissionId)
      if (to === 'all') accepted(await say(own, permissionWithdraw, permission))
      else accepted(await say(guide, permissionDeliver, { ...permission, seq }))
    }
    const allowTwice = async (name: string, what: ToAllow) => {
      await allow(`${name}-all`, what, 'all', [mediator.id, first.id, second.id])
      await allow(`${name}-self`, what, directAudience(first.id), [mediator.id, first.id])
    }
    await allowTwice('words', { kind: 'wording', wordingId: wording.wordingId })
    for (const fileId of [asId<FileId>(idOf<CommandId>('photo')), asId<FileId>(idOf<CommandId>('invoice'))]) {
      const id = newCommandId()
      accepted(await say(own, filePost, { audience: room, id, fileId, text: 'құпия чек' }, { id, seen: known }))
    }
    const { fileId, sha256 } = everyUploadOf(asId<FileId>(idOf<CommandId>('photo')))
    await allowTwice('file', { kind: 'file', fileId, sha256, name: 'шот.jpg' })
    accepted(await say(guide, messageRedact, { audience: room, epoch: known.epoch, seq: known.seq + 1 }))
    own.disconnect()
    const back = world.connect(caseId, first.id)
    await connected(back)
    accepted(await say(back, caucusEnd, { sideId: side }))
    own.connect()
    back.disconnect()
  } else {
    own.disconnect()
    const back = world.connect(caseId, first.id)
    await connected(back)
    own.connect()
    back.disconnect()
  }
  await connected(own)
  await post(guide, 'Продолжим вместе', idOf('message-3'))
  await post(other, 'Хорошо', idOf('message-4'))
  await resumeAll(other)
  await other.timeout(30_000).emitWithAck(WIRE.resume, { heads: [], paged: true })
  for (const audience of ['all', sideAudience(side)]) await other.timeout(30_000).emitWithAck(WIRE.older, { audience, before: 9 })
  await expect.poll(() => frames.filter((frame) => frame.includes('message-4_')).length).toBeGreaterThan(1)
  await world.close()
  await storage.close()
  return frames
}

describe('a caucus on the wire', () => {
  it('[CAU-3] [CRO-30] [FIL-21] leaves what the other side receives byte for byte the same, invitation and end included', async () => {
    const quiet = await morning(false)
    const withTalk = await morning(true)
    expect(quiet.length).toBeGreaterThan(5)
    expect(withTalk).toEqual(quiet)
    expect(withTalk.join()).not.toContain('caucus')
  })
})
