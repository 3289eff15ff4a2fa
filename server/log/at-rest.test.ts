import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { sha256 } from '#server/kernel/digest.ts'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationLeave } from '#shared/cases/case-protocol.ts'
import { personEnd } from '#shared/cases/people-protocol.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { verifyChain } from '#shared/log/verify-chain.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { defineEvent, readBody } from '#shared/protocol/define.ts'

const SECRET = 'ең төменгі баға 1 200 000 теңге'

async function withCaucusWords() {
  const storage = memoryStorage()
  const log = serverOver({ storage })
  const world = supplyCase()
  await openSession(log, world)
  const [person] = world.people
  const [side] = world.sides
  const room = sideAudience(side)
  const head = (await log.state(world.caseId)).audiences.get(room)
  const id = newCommandId()
  const seen = { audience: room, epoch: 1, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  await act(log, person, messagePost, { audience: room, id, text: SECRET }, { id, seen })
  return { storage, log, world, person, room }
}

describe('what rests', () => {
  it('[LOG-7] tells nothing of a body without its key, and a destroyed key leaves a chain that still verifies', async () => {
    const { storage, world, room } = await withCaucusWords()
    const stored = await storage.log.readAudience(world.caseId, room, 0, 100)
    const bytes = Buffer.concat(stored.map((event) => Buffer.from(event.encryptedBody ?? [])))
    expect(bytes.includes(SECRET)).toBe(false)
    expect(bytes.includes('message')).toBe(false)
    await storage.keys.destroy(`${world.caseId}/${room}`)
    const later = serverOver({ storage, seed: 'after a restart' })
    const record = await later.readWhole(world.caseId, room)
    expect(record.every((event) => event.body === null)).toBe(true)
    expect(await verifyChain(record, sha256)).toBeUndefined()
    await storage.close()
  })

  it('[LOG-7] no new key is made for an audience whose key was destroyed: the case is still read, that room says no more', async () => {
    const { storage, world, person, room } = await withCaucusWords()
    await storage.keys.destroy(`${world.caseId}/${room}`)
    const later = serverOver({ storage, seed: 'after a restart' })
    const { epoch = 0, seq = 0, hash = '' } = (await later.state(world.caseId)).audiences.get(room) ?? {}
    const id = newCommandId()
    const posting = act(
      later,
      person,
      messagePost,
      { audience: room, id, text: 'тағы' },
      { id, seen: { audience: room, epoch, seq, hash } },
    )
    await expect(posting).rejects.toMatchObject({ problem: { kind: expect.stringMatching(/conflict|not-found/) } })
    expect(await storage.keys.get(`${world.caseId}/${room}`)).toBeUndefined()
    const again = serverOver({ storage, seed: 'once more' })
    expect((await again.readWhole(world.caseId, 'case')).length).toBeGreaterThan(2)
    await storage.close()
  })

  it('[LOG-10] reads a body of an earlier version as one of today, and refuses one that fits none', () => {
    const today = defineEvent('paper:folded', 3, z.strictObject({ times: z.int(), by: z.string() }), {
      1: (old) => ({ times: Number(old) }),
      2: (old) => ({ ...(old as object), by: 'nobody' }),
    })
    expect(readBody(today, 1, '4')).toEqual({ times: 4, by: 'nobody' })
    expect(readBody(today, 2, { times: 5 })).toEqual({ times: 5, by: 'nobody' })
    expect(readBody(today, 3, { times: 6, by: 'me' })).toEqual({ times: 6, by: 'me' })
    expect(() => readBody(today, 0, {})).toThrow()
    expect(() => readBody(today, 3, { times: 'six' })).toThrow()
  })

  it('[LOG-11] [ROO-6] [CAS-5] reading stops where a membership ended', async () => {
    const { storage, log, world, person, room } = await withCaucusWords()
    const before = await log.readAs(world.caseId, person.id, room, 0, 100)
    await act(log, person, mediationLeave, {})
    const until = (await log.readAs(world.caseId, person.id, room, 0, 100)).length
    expect(until).toBe(before.length + 1)
    expect((await log.readAs(world.caseId, person.id, room, 0, 100)).at(-1)?.type).toBe('room:left')
    const refused = act(log, person, messagePost, { audience: room, id: newCommandId(), text: 'тағы' })
    await expect(refused).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    await storage.close()
  })

  it('[ROO-4] a removed person is answered as if nothing existed', async () => {
    const { storage, log, world, person } = await withCaucusWords()
    await act(log, world.mediator, personEnd, { participantId: person.id })
    await expect(act(log, person, mediationLeave, {})).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    await storage.close()
  })
})
