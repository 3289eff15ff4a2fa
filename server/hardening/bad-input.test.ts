// Anything in any field of any command and route: a refusal that names the field, or the very words accepted; never a fault of ours.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { answered, type Browser } from '#server/testing/http-world.ts'
import { accepted, type Device, device, type Room, startSession } from '#server/testing/live-room.ts'
import { newCase, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { fitting, HOSTILE, unfitting } from '#server/testing/schema-arbitrary.ts'
import { caseCreate, caseLook } from '#shared/cases/case-routes.ts'
import { ERROR_KINDS, type Problem } from '#shared/kernel/errors.ts'
import { requestOf } from '#shared/protocol/route.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'

let world: PlatformWorld
let owner: Browser
let open: OpenCase
let room: Room

beforeAll(async () => {
  world = await platformWorld()
  owner = await setUpOwner(world)
  open = await openCase(world, owner)
  room = await startSession(world, open)
})
afterAll(() => world.close())

function noFault(): void {
  expect(world.journal.filter((line) => line.includes('"unexpected'))).toEqual([])
}

function plain(problem: Problem | undefined, what: string): void {
  expect(ERROR_KINDS, what).toContain(problem?.kind)
  expect(problem?.kind, what).not.toBe('internal')
  const { id: _drawn, ...told } = problem ?? { kind: 'internal' } // twelve letters may be any three
  expect(JSON.stringify(told), what).not.toMatch(/node_modules|\.ts:|SQLITE|Zod|TypeError/)
}

const ids = () => [
  open.caseId,
  ...open.people.map(({ session }) => session.participantId),
  ...room.sides,
  'case',
  'all',
  `side:${room.sides[0]}`,
]

async function order(from: Device, name: string, input: unknown): Promise<CommandAck> {
  world.clock.shift(60)
  return from.socket.timeout(5_000).emitWithAck(WIRE.command, { id: newCommandId(), name, input })
}

describe('bad input', () => {
  it('[HAR-4] every command refuses what does not fit and names the field, whoever asks', async () => {
    for (const rule of RULES) {
      for (const input of fc.sample(unfitting(rule.command.input, ids()), { numRuns: 12, seed: 5 })) {
        for (const who of [room.mediator, room.people[0]]) {
          const what = `${rule.command.name} ${JSON.stringify(input)?.slice(0, 200)}`
          const ack = await order(who, rule.command.name, input)
          if (ack.ok) continue // what a hostile word fits, it may say
          plain(ack.problem, what)
          if (rule.by === 'system') expect(ack.problem, what).toEqual({ kind: 'unsupported', reason: 'log/unknown-command' })
          else if (ack.problem.kind === 'invalid') expect(typeof ack.problem.field, what).toBe('string')
        }
      }
    }
    noFault()
    const again = await device(world, open.mediator)
    expect((await again.resume()).audiences.length).toBeGreaterThan(3)
  }, 60_000)

  it('[HAR-4] every route refuses what does not fit and names the field, with a token and without', async () => {
    const person = world.browser()
    person.token = open.people[0]?.session.token
    const staff = world.browser()
    staff.token = owner.token
    for (const route of await allRoutes()) {
      for (const input of fc.sample(unfitting(route.input, ids()), { numRuns: 8, seed: 3 }) as object[]) {
        for (const asking of [staff, person, world.browser()]) {
          const what = `${route.method} ${route.path} ${JSON.stringify(input)?.slice(0, 200)}`
          const request = requestOrNothing(route, input)
          if (!request) continue
          const called = await asking.send(route.method, request.url, request.body)
          if (called.ok) continue
          if (called.status === 431) continue // an address too long for HTTP itself
          plain(called.problem, what)
          if (called.problem.kind === 'invalid' && called.problem.field !== undefined) expect(called.problem.field, what).not.toBe('')
        }
      }
    }
    noFault()
  }, 60_000)

  it('[HAR-5] what fits is kept to the letter: operators, markup and templates are words', async () => {
    const spoken = HOSTILE.filter((each): each is string => typeof each === 'string' && /^[\x20-\x7e]{2,200}$/.test(each))
    expect(spoken.length).toBeGreaterThan(6)
    for (const text of spoken) {
      world.clock.shift(60)
      accepted(await room.mediator.post('all', text))
    }
    await room.people[1].resume()
    const heard = room.people[1]
      .events('all')
      .flatMap(({ type, body }) => (type === 'message:posted' ? [JSON.parse(body ?? '{}').text] : []))
    expect(heard).toEqual(expect.arrayContaining(spoken))
    for (const text of spoken) {
      const input = newCase(` ${text}`)
      const { caseId } = answered(await owner.call(caseCreate, input))
      const { facts } = answered(await owner.call(caseLook, { caseId }))
      expect(facts.title).toBe(input.title)
      expect(facts.sides.map(({ name }) => name)).toEqual(input.sides.map(({ name }) => name))
    }
    noFault()
  })

  it('[HAR-5] every command that fits is answered without a fault, whatever the moment', async () => {
    for (const rule of RULES) {
      for (const input of fc.sample(fitting(rule.command.input, ids()), { numRuns: 6, seed: 9 })) {
        if (/leave|end/.test(rule.command.name)) continue // what they end, the tests of cases end
        for (const who of [room.people[0], room.mediator]) {
          const ack = await order(who, rule.command.name, input)
          if (!ack.ok) plain(ack.problem, rule.command.name)
        }
      }
    }
    noFault()
  }, 60_000)
})

function requestOrNothing(route: Parameters<typeof requestOf>[0], input: object) {
  try {
    return requestOf(route, input)
  } catch {
    return undefined // half a surrogate pair, or nothing, where the path has a name: no such address can be asked
  }
}
