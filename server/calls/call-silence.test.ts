// What the other side's connection carries, byte for byte, with a call in a caucus and without; the joint call is paused in both.
import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import { idOf, openSession, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { connected, resumeAll, say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { callEnd, callOpen, callPause, callResume } from '#shared/calls/calls-protocol.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import { directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { BROKEN_MS } from './case-calls.ts'
import { callDevice } from './testing/call-device.ts'
import { callWorld } from './testing/call-world.ts'

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

interface Afternoon {
  /** Between the pause and the end of it the mediator talks to the first side by voice. */
  readonly apart: boolean
  /** The first person's line breaks meanwhile. */
  readonly breaks: boolean
}

async function afternoon({ apart, breaks }: Afternoon): Promise<readonly string[]> {
  const storage = memoryStorage()
  const world = await callWorld({ storage, clock: setClock(), seed: 'afternoon' })
  const scene = supplyCase()
  const { caseId, mediator, people, sides } = scene
  const [first, second] = people
  const [sideId] = sides
  const room = sideAudience(sideId)
  const direct = directAudience(first.id)
  await openSession(world.log, scene)
  const sockets = {
    guide: world.connect(caseId, mediator.id),
    own: world.connect(caseId, first.id),
    other: world.connect(caseId, second.id),
  }
  const frames = recordFrames(sockets.other)
  for (const socket of Object.values(sockets)) await connected(socket)
  const [guide, own, other] = [callDevice(sockets.guide), callDevice(sockets.own), callDevice(sockets.other)]
  const hold = async (command: CommandDefinition<WireName, Record<string, never>>, name: string) =>
    accepted(await say(sockets.guide, command, {}, { id: idOf(name) }))
  await hold(callOpen, 'open')
  for (const each of [guide, own, other]) await each.join('all')
  await other.signal(other.members('all')?.[0]?.mediaId ?? asId('nobody'))
  await hold(callPause, 'pause')
  await expect.poll(() => other.outs).toHaveLength(1)
  if (apart) {
    accepted(await say(sockets.guide, caucusInvite, { sideId }))
    accepted(await say(sockets.own, caucusEnter, { sideId, company: 'alone' }))
    const theirs = await own.join(room)
    const ours = await guide.join(room)
    for (let i = 0; i < 20; i++) await (i % 2 ? own.signal(ours.mediaId) : guide.signal(theirs.mediaId))
    await own.status(true, true)
    await guide.relay()
  }
  await expect(other.join(room)).rejects.toThrow('not-found')
  await expect(other.join(direct)).rejects.toThrow('not-found')
  if (breaks) {
    if (apart) for (const each of [guide, own]) await each.join(direct)
    const { id = '' } = sockets.own
    sockets.own.io.engine.close()
    await expect.poll(() => world.server.io.sockets.sockets.has(id)).toBe(false)
    world.timers.advance(BROKEN_MS)
    await expect.poll(() => frames.at(-1)).toContain('"connected":false')
    if (apart) await expect.poll(() => guide.members(direct)).toHaveLength(1)
    sockets.own.connect()
    await connected(sockets.own)
    if (apart) await own.join(room)
  }
  if (apart) accepted(await say(sockets.own, caucusEnd, { sideId }))
  await other.look()
  await hold(callResume, 'resume')
  for (const each of [guide, own, other]) await each.join('all')
  await hold(callEnd, 'end')
  await expect.poll(() => other.members('all')).toEqual([])
  await resumeAll(sockets.other)
  await world.close()
  await storage.close()
  return frames
}

describe('a call in a caucus on the wire', () => {
  it.each([false, true])(
    '[CAL-20] [CAU-3] leaves what the other side receives byte for byte the same (a line that breaks: %s)',
    async (breaks) => {
      const quiet = await afternoon({ apart: false, breaks })
      const withTalk = await afternoon({ apart: true, breaks })
      expect(quiet.filter((frame) => frame.includes('call:')).length).toBeGreaterThan(8)
      expect(withTalk).toEqual(quiet)
      expect(withTalk.join()).not.toContain('side:side-0')
    },
  )
})
