// Every text field of every command and route, by the table of letters: what nobody can read is refused at its field, over real HTTP and a real
// socket; names as people bear them pass.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { answered, type Browser } from '#server/testing/http-world.ts'
import { accepted, type Room, startSession } from '#server/testing/live-room.ts'
import { newCase, type OpenCase, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { type Place, replaced, textPlaces, wholes } from '#server/testing/schema-arbitrary.ts'
import { caseCreate, caseLook } from '#shared/cases/case-routes.ts'
import { profileChange, staffMe, staffSignIn } from '#shared/identity/staff-protocol.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { pathNames, requestOf } from '#shared/protocol/route.ts'
import { type CommandAck, WIRE } from '#shared/protocol/wire.ts'

const UNREADABLE = {
  NUL: 'Айгүл\0 Серік',
  'half a surrogate pair': 'Айгүл \ud83d Серік',
  'blanks alone': '\u2800\u2800',
  'private use': 'Айгүл \ue000',
  'an override': 'Айгүл \u202eкіреС',
  'a stack of marks': `Айгүл${'\u0335'.repeat(10)}`,
}
const NAMES = [
  'Әйгерім Ұлжанқызы Қожахметова-Һәкім',
  'ЖШС «Өркен Ғылым» № 7, 12 000 ₸',
  'Пётр О’Коннор-Подъячев',
  "Anna-Maria O'Neill",
  'İbrahim Çağlayan Şükrü',
  'Oʻtkir Gʻaniyev',
  'Jürgen Weiß-Öztürk',
  'Їжакевич Ґалаґан',
]
/** A password being tried may be any that was ever chosen; it is compared, never shown. */
const TRIED_PASSWORDS = /^(password|current|confirmation\.password)$/

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

interface Field {
  readonly place: Place
  readonly path: string
  readonly value: unknown
}

function fieldsOf(schema: Schema): readonly Field[] {
  const found = new Map<string, Field>()
  for (const value of wholes(schema)) {
    safeParse(schema, value) // what is replaced below is the only fault
    for (const place of textPlaces(value)) found.set(place.join('.'), { place, path: place.join('.'), value })
  }
  return [...found.values()]
}

/** A choice ("empty, or a telephone") is named as a whole. */
function names(problem: Problem | undefined, path: string): boolean {
  return problem?.kind === 'invalid' && problem.field !== undefined && problem.field !== '' && `${path}.`.startsWith(`${problem.field}.`)
}

async function order(name: string, input: unknown): Promise<CommandAck> {
  world.clock.shift(60)
  return room.mediator.socket.timeout(5_000).emitWithAck(WIRE.command, { id: newCommandId(), name, input })
}

describe('texts at every door', () => {
  it('[CHR-8] every text of every command that a person may send is refused at its field, with a reason where it is a free text', async () => {
    let fields = 0
    for (const rule of RULES) {
      if (rule.by === 'system') continue
      for (const { place, path, value } of fieldsOf(rule.command.input)) {
        fields++
        for (const [what, text] of Object.entries(UNREADABLE)) {
          const ack = await order(rule.command.name, replaced(value, place, text))
          expect(ack.ok ? undefined : names(ack.problem, path), `${rule.command.name} ${path}: ${what}`).toBe(true)
        }
      }
    }
    expect(fields).toBeGreaterThan(20)
    const ack = await order('message:post', { audience: 'all', id: newCommandId(), text: UNREADABLE['an override'] })
    expect(ack).toMatchObject({ ok: false, problem: { reason: 'text/bidirectional', details: { codePoint: 'U+202E', place: 7 } } })
    expect(world.journal.filter((line) => line.includes('"unexpected'))).toEqual([])
  }, 60_000)

  it('[CHR-8] every text of every route is refused at its field; only a tried password may be anything that was once chosen', async () => {
    let fields = 0
    for (const route of await allRoutes()) {
      for (const { place, path, value } of fieldsOf(route.input)) {
        fields++
        for (const [what, text] of Object.entries(UNREADABLE)) {
          const input = { ...(replaced(value, place, text) as object), ...(path === 'caseId' ? {} : caseIdOf(value)) }
          const request = requestOrNothing(route, input)
          if (!request) continue
          const called = await owner.send(route.method, request.url, request.body)
          const where = `${route.method} ${route.path} ${path}: ${what}`
          if (!called.ok) expect(['internal', 'too-many'], where).not.toContain(called.problem.kind)
          const tried = TRIED_PASSWORDS.test(path) && !/^(NUL|half)/.test(what) && isTried(route.path)
          // who asks for a case comes before what is asked
          const hidden = pathNames(route.path).includes(path) && !called.ok && called.problem.kind === 'not-found'
          if (!tried && !hidden) expect(called.ok ? undefined : names(called.problem, path), where).toBe(true)
        }
      }
    }
    expect(fields).toBeGreaterThan(50)
    expect(world.journal.filter((line) => line.includes('"unexpected'))).toEqual([])
  }, 60_000)

  it('[CHR-6] wherever a free text may stand, names as people bear them may stand', async () => {
    const schemas = [...RULES.map(({ command }) => command.input), ...(await allRoutes()).map(({ input }) => input)]
    let free = 0
    for (const schema of schemas) {
      for (const { place, value } of fieldsOf(schema)) {
        if (!fits(schema, replaced(value, place, 'Any words, 7'))) continue
        free++
        for (const name of NAMES) expect(fits(schema, replaced(value, place, name)), `${place.join('.')}: ${name}`).toBe(true)
      }
    }
    expect(free).toBeGreaterThan(15)
  })

  it('[CHR-6] they come back to the letter; what a clipboard adds is gone', async () => {
    for (const name of NAMES) {
      const input = newCase()
      const sides = input.sides.map((side) => ({ ...side, name: `\u202a${name}\u202c`, details: `${name}\u2028БИН 123456789012` }))
      const { caseId } = answered(await owner.call(caseCreate, { ...input, title: name, sides }))
      const { facts } = answered(await owner.call(caseLook, { caseId }))
      expect([facts.title, facts.sides[0]?.name, facts.sides[0]?.details]).toEqual([name, name, `${name}\nБИН 123456789012`])
      accepted(await room.mediator.post('all', `${name} ❤️ 👨‍👩‍👧\u200b`))
    }
    await room.people[1].resume()
    const heard = room.people[1]
      .events('all')
      .flatMap(({ type, body }) => (type === 'message:posted' ? [JSON.parse(body ?? '{}').text] : []))
    expect(heard).toEqual(NAMES.map((name) => `${name} ❤️ 👨‍👩‍👧`))
  })

  it('[CHR-8] a side named in letters that the agreement cannot print is told at the door which letter it is', async () => {
    const [first, second] = newCase().sides
    const input = { ...newCase(), sides: [first, { ...second, name: 'ЖШС «Ѳркен»' }] }
    expect(await owner.send('POST', caseCreate.path, JSON.stringify(input))).toMatchObject({
      problem: { kind: 'invalid', field: 'sides.1.name', reason: 'text/look-alike', details: { character: 'Ѳ', instead: 'Ө', place: 6 } },
    })
    expect(
      await owner.send('POST', caseCreate.path, JSON.stringify({ ...input, sides: [{ ...first, name: '北京公司' }, second] })),
    ).toMatchObject({
      problem: { kind: 'invalid', field: 'sides.0.name', reason: 'text/unprintable', details: { character: '北', codePoint: 'U+5317' } },
    })
  })

  it('[CHR-13] a telephone and an address copied from contacts lose their marks and long dashes', async () => {
    const { profile } = answered(await owner.call(staffMe, {}))
    const phone = '\u202a+7\u00a0(701)\u2011000\u201300\u201401\u202c'
    expect(answered(await owner.call(profileChange, { ...profile, phone })).profile.phone).toBe('+77010000001')
    const email = '\u200eOwner@Example.kz\u200b'
    expect(await world.browser().call(staffSignIn, { email, password: 'correct horse battery', keep: false })).toMatchObject({ ok: true })
  })
})

function caseIdOf(value: unknown): object {
  return typeof value === 'object' && value !== null && 'caseId' in value ? { caseId: open.caseId } : {}
}

/** Setting up and accepting choose a password; there it is refused like any text. */
function isTried(path: string): boolean {
  return !/set-up|accept|renew/.test(path)
}

function fits(schema: Schema, value: unknown): boolean {
  try {
    safeParse(schema, value)
    return true
  } catch {
    return false
  }
}

function requestOrNothing(route: Parameters<typeof requestOf>[0], input: object) {
  try {
    return requestOf(route, input)
  } catch {
    return undefined // half a surrogate pair where the path has a name: no such address can be asked
  }
}
