import { describe, expect, it } from 'vitest'
import { AIGUL, BEREKE, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { TEST_CASE } from '#client/realtime/testing/history.ts'
import { mediationEnded, sideLeft } from '#shared/cases/case-protocol.ts'
import { roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId } from '#shared/kernel/ids.ts'
import { roomLeft } from '#shared/rooms/room-protocol.ts'
import { stageOf } from './stage-of.ts'

const LIVE: ConnectionState = { kind: 'live' }
const own = sideAudience(BEREKE)
const kind = (snapshot: Parameters<typeof stageOf>[0], connection: ConnectionState = LIVE) => stageOf(snapshot, connection, TEST_CASE).kind

describe('the stage', () => {
  it('[LIV-18] confirmation, waiting room, rooms: each as the log says of this person', () => {
    const world = smallCase().enter(AIGUL)
    expect(kind(world.seenBy(AIGUL))).toBe('confirming')
    world.confirm(AIGUL)
    expect(kind(world.seenBy(AIGUL))).toBe('waiting')
    world.join(AIGUL, own)
    expect(kind(world.seenBy(AIGUL))).toBe('inside')
    world.join(AIGUL, 'all')
    expect(kind(world.seenBy(AIGUL))).toBe('inside')
  })

  it('[LIV-18] whoever was let into a room for some alone is inside', () => {
    const world = smallCase().enter(AIGUL).confirm(AIGUL)
    world.join(AIGUL, roomAudience(asId('lawyers'.padEnd(22, '_'))))
    expect(kind(world.seenBy(AIGUL))).toBe('inside')
  })

  it('[LIV-18] the mediator confirms too, and is inside from then on', () => {
    const world = smallCase()
    expect(kind(world.seenBy(MED))).toBe('confirming')
    expect(kind(world.confirm(MED).seenBy(MED))).toBe('inside')
  })

  it('[LIV-18] a side that has left sees the last screen; the other sees the end from inside', () => {
    const world = smallCase().enter(AIGUL).confirm(AIGUL).join(AIGUL, own, 'all').enter(PAVEL).confirm(PAVEL).join(PAVEL, 'all')
    world
      .happen(sideLeft, 'case', { sideId: BEREKE }, AIGUL)
      .happen(roomLeft, 'all', { participantId: AIGUL }, AIGUL)
      .happen(roomLeft, own, { participantId: AIGUL }, AIGUL)
      .happen(mediationEnded, 'case', { ground: 'refused' }, AIGUL)
    expect(kind(world.seenBy(AIGUL))).toBe('left')
    expect(kind(world.seenBy(PAVEL))).toBe('inside')
  })

  it.each([
    [{ kind: 'closed', reason: 'left' }, 'shut'],
    [{ kind: 'closed', reason: 'signed-out' }, 'shut'],
    [{ kind: 'closed', reason: 'session-expired' }, 'shut'],
    [{ kind: 'outdated' }, 'outdated'],
    [{ kind: 'offline', since: 0 }, 'inside'],
  ] as const)('[LIV-18] with the connection %j the screen is "%s"', (connection, expected) => {
    expect(kind(smallCase().confirm(MED).seenBy(MED), connection)).toBe(expected)
  })

  it('[LIV-18] somebody taken out of the case is told so, whatever reason the connection ends with', () => {
    const known = smallCase().enter(AIGUL).confirm(AIGUL).seenBy(AIGUL)
    const removed = { ...known, audiences: new Map() }
    for (const connection of [LIVE, { kind: 'closed', reason: 'session-expired' }] as const) {
      expect(stageOf(removed, connection, TEST_CASE)).toEqual({ kind: 'shut', reason: 'left' })
    }
  })

  it('[LIV-18] nothing is shown before everything is known', () => {
    expect(kind({ ...smallCase().confirm(MED).seenBy(MED), caughtUp: false })).toBe('opening')
  })
})
