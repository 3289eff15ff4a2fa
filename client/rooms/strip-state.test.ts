import { describe, expect, it } from 'vitest'
import type { ConnectionState } from '#client/realtime/connection.ts'
import type { Order, OrderState } from '#client/realtime/outbox.ts'
import { asId } from '#shared/kernel/ids.ts'
import { stripOf } from './strip-state.ts'

const LINES: readonly ConnectionState['kind'][] = ['connecting', 'live', 'offline', 'closed', 'outdated']
const waiting: OrderState = { kind: 'waiting' }
const sending: OrderState = { kind: 'sending' }
const stored: OrderState = { kind: 'stored', at: [] }
const refused: OrderState = { kind: 'refused', problem: { kind: 'conflict' } }
const orders = (...states: readonly OrderState[]): readonly Order[] =>
  states.map((state, index) => ({ id: asId(`${index}`), name: 'a:b', input: {}, audience: 'all', seen: undefined, pressedAt: 0, state }))

describe('the strip', () => {
  it('[LIV-17] is green only with a line, everything known and nothing unsent', () => {
    for (const line of LINES) {
      for (const states of [[], [stored], [waiting], [sending], [refused], [stored, waiting]] as const) {
        for (const held of [0, 1]) {
          for (const caughtUp of [true, false]) {
            const safe = line === 'live' && caughtUp && held === 0 && states.every((state) => state.kind === 'stored')
            expect(stripOf(line, orders(...states), held, caughtUp).state === 'ok').toBe(safe)
            expect(stripOf(line, orders(...states), held, caughtUp, true).state).not.toBe('ok')
          }
        }
      }
    }
  })

  it('[LIV-17] says how many wait, without a line too', () => {
    expect(stripOf('live', orders(waiting, sending, stored), 1, true)).toEqual({ state: 'waiting', words: 'waiting', count: 3 })
    expect(stripOf('offline', orders(waiting), 0, true)).toEqual({ state: 'offline', words: 'offline-waiting', count: 1 })
    expect(stripOf('live', orders(refused, waiting), 0, true)).toEqual({ state: 'bad', words: 'refused', count: 1 })
  })
})
