// Whose word about a device counts: a stranger's devices must not answer for each other.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AccessChange } from './access-protocol.ts'
import { devicesToAnswer } from './access-state.ts'

const bound = (deviceId: string): AccessChange => ({ what: 'device-bound', deviceId, device: 'Chrome', code: 'read-out' })
const confirmed = (deviceId: string, by: string): AccessChange => ({ what: 'device-confirmed', deviceId, with: by })
const state = (...changes: AccessChange[]) => ({ entries: changes.map((change, at) => ({ ...change, at })) })
const asked = (entries: ReturnType<typeof state>, own: string) => devicesToAnswer(entries, own).map(({ deviceId }) => deviceId)

describe('devices that an earlier one is asked about', () => {
  it('[IDE-140] stay asked about whatever later devices say of each other, however many they are', () => {
    const others = ['b', 'c', 'd', 'e']
    const words = fc.array(fc.tuple(fc.constantFrom(...others), fc.constantFrom(...others)), { maxLength: 20 })
    fc.assert(
      fc.property(words, (said) => {
        const line = state(bound('own'), ...others.map(bound), ...said.map(([of, by]) => confirmed(of, by)))
        expect(asked(line, 'own')).toEqual(others)
      }),
    )
  })

  it('[IDE-140] are answered for by this device, by an earlier one, or by one that was answered for here', () => {
    const line = [bound('own'), bound('b'), bound('c'), confirmed('b', 'own'), confirmed('c', 'b')]
    expect(asked(state(...line), 'own')).toEqual([])
    expect(asked(state(bound('first'), bound('own'), bound('b'), confirmed('b', 'first')), 'own')).toEqual([])
    expect(asked(state(bound('own'), bound('b'), confirmed('b', 'from-before')), 'own')).toEqual([])
  })

  it('[IDE-140] an answer that came too early to count is made good by one that counts', () => {
    const line = [bound('own'), bound('b'), bound('c'), confirmed('c', 'b')]
    expect(asked(state(...line), 'own')).toEqual(['b', 'c'])
    expect(asked(state(...line, confirmed('b', 'own')), 'own')).toEqual([])
  })
})
