// Somebody who is revoked at the very moment when they are let in.
import { describe, expect, it } from 'vitest'
import { openSession, supplyCase } from '#server/testing/case-world.ts'
import { connected, type SocketWorld, socketWorld } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { Session } from './connection.ts'

describe('revoking', () => {
  it('[RTM-6] somebody who is just being let in is out again; somebody else stays', async () => {
    const scene = supplyCase()
    const [one, two] = scene.people
    const asked: string[] = []
    let world: SocketWorld | undefined
    let live = true
    const storage = memoryStorage()
    const opened = await socketWorld({
      storage,
      async authenticate(token): Promise<Session | undefined> {
        asked.push(token)
        const person = token === one.id ? one : two
        if (person === one && !live) return undefined
        if (asked.length === 1) {
          // Looked up as live; ended before the answer has arrived.
          live = false
          world?.server.revoke(scene.caseId, one.id)
        }
        return { participantId: person.id, sessionId: token, expiresAt: Date.UTC(2030, 0) }
      },
    })
    world = opened
    await openSession(world.log, scene)
    const stays = world.connect(scene.caseId, two.id)
    asked.push('not the first')
    await connected(stays)
    asked.length = 0
    const revoked = world.connect(scene.caseId, one.id)
    const reasons: string[] = []
    revoked.on(WIRE.closed, (reason: string) => void reasons.push(reason))
    await connected(revoked)
    await expect.poll(() => revoked.connected).toBe(false)
    expect(reasons).toEqual(['signed-out'])
    expect(stays.connected).toBe(true)
    await world.close()
    await storage.close()
  })
})
