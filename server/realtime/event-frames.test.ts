// How events are put into frames, and what those frames say to whom.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { act, newCommandId, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { WIRE, type WireEvent } from '#shared/protocol/wire.ts'

import { MAX_FRAME_EVENTS, makeEventFrames } from './event-frames.ts'
import { textFrame } from './shared-frame.ts'

function eventOf(audience: Audience, seq: number, body = ''): WireEvent {
  const links = { salt: '', bodyDigest: '', previous: '', hash: '' }
  const header = {
    caseId: asId<CaseId>('a'.repeat(22)),
    epoch: 1,
    type: 'message:posted',
    version: 1,
    by: 'system' as const,
    at: 0,
    seen: '',
  }
  return { ...header, ...links, audience, seq, body }
}

function gathered() {
  const sent: string[] = []
  const frames = makeEventFrames((audience, events) => void sent.push(`${audience} ${events.map(({ seq }) => seq).join(' ')}`))
  return { sent, frames }
}

/** What one device is sent, without its connection's own first words. */
function framesOf(socket: Socket): string[] {
  const frames: string[] = []
  socket.io.on('open', () => {
    socket.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      if (packet.type === 'message' && String(packet.data).startsWith('2')) frames.push(String(packet.data))
    })
  })
  return frames
}

describe('events in frames', () => {
  it('[RTM-24] each audience has a frame of its own, whatever stands between its events', () => {
    const { sent, frames } = gathered()
    for (const [audience, seq] of [
      ['all', 1],
      ['side:a', 1],
      ['all', 2],
      ['case', 7],
      ['side:a', 2],
      ['all', 3],
    ] as const)
      frames.add(eventOf(audience as Audience, seq))
    frames.flushAll()
    frames.flushAll()
    expect(sent).toEqual(['all 1 2 3', 'side:a 1 2', 'case 7'])
  })

  it('[RTM-24] a frame ends before its readers change, and when it is long', () => {
    const { sent, frames } = gathered()
    frames.add(eventOf('all', 1))
    frames.add(eventOf('case', 1))
    frames.flush('all')
    frames.add(eventOf('all', 2))
    frames.flushAll()
    expect(sent).toEqual(['all 1', 'case 1', 'all 2'])
    sent.length = 0
    for (let seq = 1; seq <= MAX_FRAME_EVENTS + 1; seq++) frames.add(eventOf('all', seq))
    for (let seq = 200; seq < 206; seq++) frames.add(eventOf('case', seq, 'x'.repeat(30_000)))
    frames.flushAll()
    expect(sent.map((line) => line.split(' ').length - 1)).toEqual([MAX_FRAME_EVENTS, 3, 3, 1])
  })

  it('[RTM-24] a frame is what the WebSocket library would have made of the same text', () => {
    const { Sender } = WebSocket as unknown as { Sender: { frame(data: Buffer, options: object): Buffer[] } } // the type leaves it out
    const options = { readOnly: true, mask: false, rsv1: false, opcode: 1, fin: true }
    for (const length of [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
      for (const letter of ['x', 'қ']) {
        const text = letter.repeat(length)
        expect(textFrame(text).equals(Buffer.concat(Sender.frame(Buffer.from(text), options)))).toBe(true)
      }
  })
})

/** Three people speak in one turn of the server; the mediator, in the middle, with the first side alone or not at all. */
async function oneTurn(withCaucus: boolean): Promise<readonly string[]> {
  const storage = memoryStorage()
  const clock = setClock()
  const world = await socketWorld({ storage, clock, seed: 'one turn' })
  const scene = supplyCase()
  const { caseId, mediator, people, sides } = scene
  const [first, second] = people
  const [side] = sides
  await openSession(world.log, scene)
  const room = sideAudience(side)
  await act(world.log, mediator, caucusInvite, { sideId: side })
  await act(world.log, first, caucusEnter, { sideId: side, company: 'accompanied' }, { id: newCommandId() })
  const device = world.connect(caseId, second.id)
  const frames = framesOf(device)
  await connected(device)
  await resumeAll(device)
  const state = await world.log.state(caseId)
  const post = (who: Person, audience: Audience, id: string) => {
    const { epoch = 0, seq = 0, hash = '' } = state.audiences.get(audience) ?? {}
    const posted = { audience, id: asId<CommandId>(id.padEnd(22, '_')), text: id }
    return act(world.log, who, messagePost, posted, { id: posted.id, seen: { audience, epoch, seq, hash } })
  }
  await Promise.all([post(first, 'all', 'one'), ...(withCaucus ? [post(mediator, room, 'apart')] : []), post(second, 'all', 'two')])
  await post(first, 'all', 'three')
  await expect.poll(() => frames.filter((frame) => frame.includes('three___')).length).toBe(1)
  await world.close()
  await storage.close()
  return frames.filter((frame) => frame.startsWith(`2["${WIRE.event}"`))
}

describe('one turn of the server', () => {
  it('[RTM-24] [CAU-3] tells one audience in one frame; what was said apart between parts nothing', async () => {
    const quiet = await oneTurn(false)
    const withTalk = await oneTurn(true)
    expect(quiet.map((frame) => JSON.parse(frame.slice(1))[1].length)).toEqual([2, 1])
    expect(withTalk).toEqual(quiet)
  })

  it('[RTM-24] whoever is removed in it has what was said before, and not what was said after', async () => {
    const storage = memoryStorage()
    const world = await socketWorld({ storage, seed: 'removed in one turn' })
    const scene = supplyCase()
    const { caseId, mediator, people } = scene
    const [first, second] = people
    await openSession(world.log, scene)
    const heard = new Map<ParticipantId, string[]>()
    for (const { id } of [first, second]) {
      const device = world.connect(caseId, id)
      const texts: string[] = []
      heard.set(id, texts)
      device.on(WIRE.event, (events: readonly WireEvent[]) => {
        for (const { type, body } of events) if (type === 'message:posted') texts.push(JSON.parse(body ?? '{}').text)
      })
      await connected(device)
    }
    const { epoch = 0, seq = 0, hash = '' } = (await world.log.state(caseId)).audiences.get('all') ?? {}
    const post = (who: Person, text: string) => {
      const id = newCommandId()
      return act(world.log, who, messagePost, { audience: 'all', id, text }, { id, seen: { audience: 'all', epoch, seq, hash } })
    }
    await Promise.all([
      post(first, 'before'),
      act(world.log, mediator, personEnd, { participantId: second.id }, { id: newCommandId() }),
      world.log.state(caseId).then(() => post(first, 'after')),
    ])
    await expect.poll(() => heard.get(first.id)).toEqual(['before', 'after'])
    expect(heard.get(second.id)).toEqual(['before'])
    await world.close()
    await storage.close()
  })
})
