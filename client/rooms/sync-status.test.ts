import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '#client/realtime/connection.ts'
import type { OutboxEntry, OutboxEntryState } from '#client/realtime/outbox-entries.ts'
import { asId } from '#shared/kernel/ids.ts'
import { syncStatusOf } from './sync-status.ts'

const CONNECTIONS: readonly ConnectionState['kind'][] = ['connecting', 'live', 'offline', 'closed', 'outdated']
const waiting: OutboxEntryState = { kind: 'waiting' }
const sending: OutboxEntryState = { kind: 'sending' }
const stored: OutboxEntryState = { kind: 'stored', at: [] }
const refused: OutboxEntryState = { kind: 'refused', problem: { kind: 'conflict' } }
const entries = (...states: readonly OutboxEntryState[]): readonly OutboxEntry[] =>
  states.map((state, index) => ({ id: asId(`${index}`), name: 'a:b', input: {}, audience: 'all', seen: undefined, pressedAt: 0, state }))

describe('the sync status', () => {
  it('[LIV-17] is green only with a connection, everything known and nothing unsent', () => {
    for (const connection of CONNECTIONS) {
      for (const states of [[], [stored], [waiting], [sending], [refused], [stored, waiting]] as const) {
        for (const held of [0, 1]) {
          for (const caughtUp of [true, false]) {
            const safe = connection === 'live' && caughtUp && held === 0 && states.every((state) => state.kind === 'stored')
            expect(syncStatusOf(connection, entries(...states), held, caughtUp).state === 'ok').toBe(safe)
            expect(syncStatusOf(connection, entries(...states), held, caughtUp, true).state).not.toBe('ok')
          }
        }
      }
    }
  })

  it('[FIL-71] is never green while a file waits or was refused, and counts it', () => {
    const files = (waiting: number, refused: number) =>
      syncStatusOf('live', entries(stored), 0, true, false, { waiting, refused, unkept: 0 })
    expect(files(2, 0)).toEqual({ state: 'waiting', words: 'waiting', count: 2 })
    expect(files(1, 1)).toEqual({ state: 'bad', words: 'refused', count: 1 })
    expect(files(0, 0).state).toBe('ok')
  })

  it('[LIV-17] says how many wait, without a connection too', () => {
    expect(syncStatusOf('live', entries(waiting, sending, stored), 1, true)).toEqual({ state: 'waiting', words: 'waiting', count: 3 })
    expect(syncStatusOf('offline', entries(waiting), 0, true)).toEqual({ state: 'offline', words: 'offline-waiting', count: 1 })
    expect(syncStatusOf('live', entries(refused, waiting), 0, true)).toEqual({ state: 'bad', words: 'refused', count: 1 })
  })
})
