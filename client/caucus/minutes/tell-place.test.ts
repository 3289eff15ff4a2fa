import { expect, it } from 'vitest'
import { MED, type SmallCase, smallCase } from '#client/app/testing/small-case.ts'
import type { CaseClient } from '#client/realtime/case-client.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import type { ConnectionState } from '#client/realtime/connection.ts'
import { createTestClock } from '#client/realtime/testing/test-clock.ts'
import { createStore } from '#client/ui/state/create-store.ts'
import { sessionStarted } from '#shared/cases/case-protocol.ts'
import { type MediatorPlace, mediatorMoved } from '#shared/caucus/minutes/minutes-protocol.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import type { CommandAck } from '#shared/protocol/wire.ts'
import { tellPlace } from './tell-place.ts'

function device(world: SmallCase, answers: (CommandAck | undefined)[] = []) {
  const clock = createTestClock()
  const told: MediatorPlace[] = []
  const snapshot = createStore<CaseSnapshot>(world.seenBy(MED))
  const connection = createStore<ConnectionState>({ kind: 'live' })
  const hear = () => snapshot.set(world.seenBy(MED))
  const move = (place?: MediatorPlace) => {
    world.happen(mediatorMoved, selfAudience(MED), { place, session: undefined, spent: [] })
    hear()
  }
  const teller = tellPlace({
    timers: clock,
    connection,
    store: { snapshot: snapshot.state, subscribe: snapshot.subscribe },
    tell: async (_definition: unknown, { place }: { place: MediatorPlace }) => {
      told.push(place)
      if (answers.length > 0) return answers.shift()
      move(place)
      return { ok: true, value: { at: [] } }
    },
  } as Partial<Record<keyof CaseClient, unknown>> as unknown as CaseClient) // what it reads of an open case
  return { clock, told, teller, connection, hear, move }
}
const running = () => smallCase().join(MED, selfAudience(MED)).happen(sessionStarted, 'case', {})

it('[CAU-203] tells where one stays, not what one passes through, and says nothing twice', async () => {
  const { clock, told, teller } = device(running())
  for (const place of ['board', 'all', 'side:one', 'direct:two'] as MediatorPlace[]) teller.at(place)
  await clock.wind(60_000)
  expect(told).toEqual(['direct:two'])
  teller.at('board')
  teller.at('direct:two' as MediatorPlace)
  await clock.wind(60_000)
  expect(told).toEqual(['direct:two'])
})

it('[CAU-203] tells once a session runs, and again after a line that was gone, not after a switch on another device', async () => {
  const world = smallCase().join(MED, selfAudience(MED))
  const { clock, told, teller, connection, hear, move } = device(world)
  teller.at('board')
  await clock.wind(60_000)
  expect(told).toEqual([])
  world.happen(sessionStarted, 'case', {})
  hear()
  await clock.wind(60_000)
  expect(told).toEqual(['board'])
  move('all')
  await clock.wind(60_000)
  expect(told).toEqual(['board'])
  connection.set({ kind: 'connecting' })
  move(undefined)
  await clock.wind(60_000)
  expect(told).toEqual(['board'])
  connection.set({ kind: 'live' })
  await clock.wind(60_000)
  expect(told).toEqual(['board', 'board'])
})

it.each<[string, CommandAck | undefined, number]>([
  ['no answer', undefined, 2],
  ['told to wait', { ok: false, problem: { kind: 'too-many', details: { seconds: 2 } } }, 2],
  ['refused for good', { ok: false, problem: { kind: 'unsupported' } }, 1],
])('[CAU-203] %s: said again as often as it helps', async (_what, answer, times) => {
  const { clock, told, teller } = device(running(), [answer])
  teller.at('all')
  await clock.wind(60_000)
  expect(told).toHaveLength(times)
})
