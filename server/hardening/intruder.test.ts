// The intruder: valid credentials of another case, and a party's own token, tried at every command, message, audience and route.

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { openSqlite, type SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { allRoutes } from '#server/testing/all-routes.ts'
import { newCommandId } from '#server/testing/case-world.ts'
import { draftWriter, insertBlocks } from '#server/testing/draft-writer.ts'
import { answered, type Browser } from '#server/testing/http-world.ts'
import { accepted, type Device, device, type Room, startSession } from '#server/testing/live-room.ts'
import {
  addMediator,
  newCase,
  type OpenCase,
  openCase,
  type PlatformWorld,
  platformWorld,
  setUpOwner,
} from '#server/testing/platform-world.ts'
import { fitting } from '#server/testing/schema-arbitrary.ts'
import { say } from '#server/testing/socket-world.ts'
import { agreementConfirm, sessionStart } from '#shared/cases/case-protocol.ts'
import { caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { childReportHandOver, childReportMake } from '#shared/child-report/child-report-protocol.ts'
import { noteOf, settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import { readyGive } from '#shared/drafting/drafting-protocol.ts'
import { invitationChange, invitationList } from '#shared/identity/invitation-protocol.ts'
import { type Audience, directAudience, selfAudience, sideAudience } from '#shared/kernel/audience.ts'
import { recordClose } from '#shared/messaging/joint-record-protocol.ts'
import { type AnyRoute, requestOf } from '#shared/protocol/route.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'

const folder = mkdtempSync(join(tmpdir(), 'bitim-intruder-'))
const PRIVATE = 'canary-private'
const JOINT = 'canary-joint'
let storage: SqliteStorage
let world: PlatformWorld
let owner: Browser
let victim: OpenCase
let room: Room
let routes: readonly AnyRoute[]
/** Everything that was answered to an intruder. */
const loot: string[] = []

beforeAll(async () => {
  storage = openSqlite({ folder })
  world = await platformWorld({ storage })
  routes = await allRoutes()
  owner = await setUpOwner(world)
  const staff = await addMediator(world, owner, 'Гүлнар Ахметова')
  victim = await openCase(world, staff, newCase(` ${JOINT}`))
  room = await startSession(world, victim)
  const [first, second] = room.people
  const [side, otherSide] = room.sides
  accepted(await room.mediator.post('all', `бәріне ${JOINT}`))
  accepted(await say(first.socket, mediatorCall, { sideId: side, reason: 'talk' }))
  accepted(await say(room.mediator.socket, caucusInvite, { sideId: side }))
  accepted(await say(first.socket, caucusEnter, { sideId: side, company: 'accompanied', companions: `${PRIVATE} companion` }))
  await first.resume()
  await room.mediator.resume()
  accepted(await first.post(sideAudience(side), `${PRIVATE} caucus`))
  accepted(await room.mediator.post(sideAudience(side), `${PRIVATE} caucus`))
  accepted(await first.post(directAudience(first.me), `${PRIVATE} note`))
  accepted(await room.mediator.post(directAudience(first.me), `${PRIVATE} note`))
  accepted(await second.post(sideAudience(otherSide), 'өз бөлмем'))
  const note = await draftWriter(room.mediator.socket, noteOf(room.mediator.me).id)
  await note.write((fragment) => insertBlocks(fragment, 0, block('n1', 'paragraph', 0, `${PRIVATE} of the mediator’s own`)))
  const { invitations } = answered(await staff.call(invitationList, { caseId: victim.caseId }))
  for (const { id: invitationId } of invitations)
    answered(await staff.call(invitationChange, { invitationId, email: `${PRIVATE}@example.kz`, phone: '+77019998877', language: 'ru' }))
})
afterAll(async () => {
  await world.close()
  rmSync(folder, { recursive: true, force: true })
})

function idsOf(open: OpenCase): readonly string[] {
  return [
    open.caseId,
    ...open.people.flatMap(({ session, invitationId }) => [session.participantId, invitationId]),
    ...room.sides,
    room.mediator.me,
  ]
}

/** The same text with every id of the victim replaced by one that never was. */
function elsewhere(text: string): string {
  let other = text
  for (const [at, id] of idsOf(victim).entries()) other = other.replaceAll(id, `${'never'.repeat(4)}${String(at).padStart(2, '0')}`)
  return other
}

function words(): readonly string[] {
  const audiences = [...idsOf(victim)].flatMap((id) => [`side:${id}`, `direct:${id}`, `self:${id}`, `signers:${id}`])
  return [...idsOf(victim), 'case', 'all', 'mediators', ...audiences]
}

const bare = (text: string) => text.replace(/,?"id":"[A-Za-z0-9_-]{12}"/g, '') // the request's own number

/** A browser without cookies: what they open ends with signing out, which is one's own right. */
function withToken(token: string | undefined): Browser {
  const device = world.browser()
  device.token = token
  return device
}

async function ask(browser: Browser, route: AnyRoute, input: object): Promise<string> {
  const { url, body } = requestOf(route, input)
  const called = await browser.send(route.method, url, body)
  loot.push(called.text)
  return `${called.status} ${bare(called.text)}`
}

const samples = (route: { input: AnyRoute['input'] }, count: number) =>
  fc.sample(fitting(route.input, words()), { numRuns: count, seed: 7 }) as object[]

/** Whoever asks, with what was the victim's and with what never was. */
async function walkRoutes(browser: Browser, skip: (route: AnyRoute) => boolean = () => false): Promise<number> {
  let compared = 0
  for (const route of routes) {
    if (skip(route)) continue
    for (const input of samples(route, 4)) {
      const [real, never] = [await ask(browser, route, input), await ask(browser, route, JSON.parse(elsewhere(JSON.stringify(input))))]
      if (real.startsWith('429') || never.startsWith('429')) continue // tried too often: the same for both, but for its moment
      expect(elsewhere(real), `${route.method} ${route.path} ${JSON.stringify(input)}`).toBe(elsewhere(never))
      compared++
    }
  }
  return compared
}

async function walkSocket(intruder: Device, differs: ReadonlySet<string>): Promise<void> {
  const told = (answer: unknown) => {
    const text = JSON.stringify(answer)
    loot.push(text)
    return text
  }
  const both = async (name: string, payload: unknown, known = false) => {
    const real = told(await intruder.socket.timeout(5_000).emitWithAck(name, payload))
    const never = told(await intruder.socket.timeout(5_000).emitWithAck(name, JSON.parse(elsewhere(JSON.stringify(payload)))))
    world.clock.shift(200) // within this person's measure
    if (!known) expect(elsewhere(real), `${name} ${JSON.stringify(payload)}`).toBe(elsewhere(never))
  }
  for (const rule of RULES) {
    const inputs = fc.sample(fitting(rule.command.input, words()), { numRuns: 7, seed: 11 })
    for (const input of inputs)
      await both(WIRE.command, { id: newCommandId(), name: rule.command.name, input }, differs.has(rule.command.name))
  }
  const held = { epoch: 0, haveRevision: 0, generation: 0, clientId: 77, storedIds: [] }
  await both(DRAFT_WIRE.join, { documentId: noteOf(room.mediator.me).id, ...held })
  for (const payload of [{ ...held, storedIds: [1, 2, 3] }, { caseId: victim.caseId }, 'AQEAAA==']) {
    intruder.socket.emit(DRAFT_WIRE.caret, payload)
    for (const name of [DRAFT_WIRE.join, DRAFT_WIRE.frame]) told(await intruder.socket.timeout(5_000).emitWithAck(name, payload))
    intruder.socket.emit(DRAFT_WIRE.leave, payload)
  }
  for (const name of [WIRE.event, WIRE.joined, WIRE.presence, WIRE.closed, WIRE.renew]) await both(name, { caseId: victim.caseId })
  const heads = (seq: number) =>
    [...words()]
      .filter((word) => /^(case|all|mediators|side|direct|self|signers)/.test(word))
      .map((audience) => ({ audience, epoch: 1, seq }))
  for (const seq of [0, 1, 5, 1_000])
    await intruder.socket
      .timeout(5_000)
      .emitWithAck(WIRE.resume, { heads: heads(seq) })
      .then(told)
}

describe('the intruder', () => {
  it('[HAR-1] with another case’s credentials finds nothing, and nothing that shows that something is there', async () => {
    const staff = await addMediator(world, owner, 'Қаскүнем')
    const own = await openCase(world, staff)
    const ownRoom = await startSession(world, own)
    // Creating is one's own right; the owner's routes are tried by the owner's own tests.
    const compared = await walkRoutes(withToken(staff.token), ({ path, method }) => method === 'POST' && path === '/api/cases')
    expect(compared).toBeGreaterThan(60)
    await walkRoutes(withToken(own.people[0]?.session.token))
    await walkRoutes(withToken(undefined))
    for (const each of [ownRoom.mediator, ownRoom.people[0]]) {
      // What one may do in one's own case is done the first time.
      await walkSocket(each, new Set([recordClose.name, childReportMake.name, childReportHandOver.name]))
      // What this person wrote into a note or a report of their own comes back to them: their own words, not the victim's.
      const heard = each.frames.filter((frame) => !frame.includes(`"${selfAudience(each.me)}"`))
      expect(heard.length).toBeGreaterThan(0)
      expect(heard.join()).not.toContain(victim.caseId)
      loot.push(...heard)
    }
    for (const { token } of [own.mediator, ...own.people.map(({ session }) => session)]) {
      const line = world.connect({ token, caseId: victim.caseId })
      const refusal = await new Promise<{ data?: unknown }>((resolve) => line.once('connect_error', resolve))
      expect(refusal.data).toEqual({ kind: 'unauthenticated' })
    }
    expect(loot.join('\n')).not.toContain('canary')
    loot.length = 0
  }, 60_000)

  it('[HAR-2] a party with their own token learns nothing of the other side’s rooms, notes and contacts', async () => {
    const [, second] = victim.people
    if (!second) throw new Error('a case has two people')
    await walkRoutes(withToken(second.session.token))
    const intruder = await device(world, second.session)
    // That these people are in the case is known to everybody in it; what one may not do to them is said.
    await walkSocket(intruder, new Set([personAdmit.name]))
    expect(loot.join('\n')).not.toContain(PRIVATE)
    expect(intruder.frames.join('\n')).not.toContain(PRIVATE)
    expect(room.people[1].frames.join('\n')).not.toContain(PRIVATE)
    const mine: readonly Audience[] = ['case', 'all', directAudience(intruder.me), selfAudience(intruder.me), sideAudience(room.sides[1])]
    expect((await intruder.resume()).audiences.map(({ audience }) => audience).sort()).toEqual([...mine].sort())
  }, 60_000)

  it('[HAR-2] who still waits reads the case and nothing of the joint session or its draft', async () => {
    const open = await openCase(world, owner)
    const mediator = await device(world, open.mediator)
    const waiting = await device(world, open.people[0]?.session ?? { token: '', caseId: '' })
    accepted(await say(mediator.socket, agreementConfirm, { agreement: true, explanation: true, remoteForm: true }))
    accepted(await say(mediator.socket, sessionStart, {}))
    await mediator.resume()
    accepted(await mediator.post('all', `${PRIVATE} before admission`))
    const { id: documentId } = settlementOf(open.caseId)
    const join = { documentId, epoch: 0, haveRevision: 0, generation: 0, clientId: 99, storedIds: [] }
    const frame = encodeEdit({ documentId, kind: 'edit', generation: 1, update: Uint8Array.of(0, 0) })
    expect(await waiting.socket.timeout(5_000).emitWithAck(DRAFT_WIRE.join, join)).toEqual({ ok: false, problem: { kind: 'not-found' } })
    expect(await waiting.socket.timeout(5_000).emitWithAck(DRAFT_WIRE.frame, frame)).toEqual({ ok: false, problem: { kind: 'not-found' } })
    expect(await waiting.post('all', 'тыңдаймын')).toEqual({ ok: false, problem: { kind: 'not-found' } })
    expect(await say(waiting.socket, readyGive, { generation: 1, revision: 1 })).toEqual({ ok: false, problem: { kind: 'not-found' } })
    expect(await storage.drafts.documentsOf(open.caseId), 'no draft was begun for them').toEqual([])
    await waiting.resume()
    expect(waiting.events('all')).toEqual([])
    expect(waiting.frames.join()).not.toContain(PRIVATE)
  })

  it('[HAR-3] what was said, noted and entered stands in no line of the log and in no file', async () => {
    const everything = [...world.journal.map((line) => Buffer.from(line)), ...filesUnder(folder).map((path) => readFileSync(path))]
    expect(everything.length).toBeGreaterThan(50)
    for (const canary of [
      'canary',
      '9998877',
      'Ахметова',
      'Береке',
      'Айгүл',
      victim.people[0]?.session.token ?? '',
      victim.people[0]?.secret ?? '',
    ])
      expect(everything.filter((bytes) => bytes.includes(canary)).length, canary).toBe(0)
    const fresh = readdirSync(tmpdir()).filter((name) => !name.startsWith('bitim-') && isRecentFile(join(tmpdir(), name)))
    for (const name of fresh) expect(readFileSync(join(tmpdir(), name)).includes('canary-'), name).toBe(false)
  })
})

function filesUnder(path: string): readonly string[] {
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((name) => statSync(name).isFile())
}

function isRecentFile(path: string): boolean {
  try {
    const { birthtimeMs, size } = statSync(path)
    return statSync(path).isFile() && size < 1_000_000 && Date.now() - birthtimeMs < 60_000
  } catch {
    return false // gone meanwhile: somebody else's
  }
}
