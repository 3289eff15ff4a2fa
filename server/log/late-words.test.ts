// Whoever comes late to a room gets nothing that was said there before, also where more follows from it than a conversation.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SERVER_EVENTS } from '#server/catalogue.ts'
import { act, idOf, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm } from '#shared/cases/case-protocol.ts'
import { mediatorAdd, mediatorPropose } from '#shared/cases/mediator-protocol.ts'
import type { AddedRole } from '#shared/cases/people-fields.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import { messageMark, permissionGive, permissionWithdraw, wordingAnswer, wordingAsk } from '#shared/crossing/crossing-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type PermissionId, type RoomId, type TaskId, type WordingId } from '#shared/kernel/ids.ts'
import { hasSide, isOfSide } from '#shared/kernel/roles.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { safetyAnswer } from '#shared/preparation/safety-protocol.ts'
import { statementAllow, statementsShow, statementWrite } from '#shared/preparation/statement-protocol.ts'
import { consentAnswer } from '#shared/rooms/consent-protocol.ts'
import { grantGive } from '#shared/rooms/grant-protocol.ts'
import { groupInvite, groupOpen, groupRelease } from '#shared/rooms/group-protocol.ts'
import { earlierOpen, personAdmit } from '#shared/rooms/room-protocol.ts'
import { datesAnswer, datesPropose } from '#shared/scheduling/ask-dates-protocol.ts'
import { taskAnswer, taskGive } from '#shared/waiting/task-protocol.ts'
import type { CaseLog } from './case-log.ts'

const SECRET = 'құпия'
const world = supplyCase()
const { caseId, mediator } = world
const [first, second] = world.people
const [side] = world.sides
const own = sideAudience(side)
const line = directAudience(first.id)
const confirmation = { agreement: true, explanation: true, remoteForm: true } as const

let storage: ReturnType<typeof memoryStorage>
let log: CaseLog
beforeEach(async () => {
  storage = memoryStorage()
  log = serverOver({ storage })
  await openSession(log, world)
  await sayAllThatIsSaid()
})
afterEach(() => storage.close())

/** In every way that a side has of saying something to its mediator, or to all. */
async function sayAllThatIsSaid(): Promise<void> {
  const head = (await log.state(caseId)).audiences.get(own)
  const seen = { audience: own, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
  const id = newCommandId()
  const [place] = await act(log, first, messagePost, { audience: own, id, text: SECRET }, { id, seen })
  await act(log, first, messageMark, { audience: own, epoch: place?.epoch ?? 0, seq: place?.seq ?? 0, mark: 'you-may-tell' })
  const permission = { audience: own, permissionId: idOf<PermissionId>('permission'), to: 'all' } as const
  const readers = [mediator.id, first.id, second.id]
  await act(log, first, permissionGive, { ...permission, what: { kind: 'own', text: SECRET }, readers })
  const wording = { audience: own, wordingId: idOf<WordingId>('wording') }
  const [asked] = await act(log, mediator, wordingAsk, { ...wording, of: first.id, text: SECRET })
  await act(log, first, wordingAnswer, { ...wording, seq: asked?.seq ?? 0, isRight: true })
  const task = { sideId: side, taskId: idOf<TaskId>('task') }
  await act(log, mediator, taskGive, { to: [task], task: { kind: 'write', ask: 'Мерзімін жазыңыз' } })
  await act(log, first, taskAnswer, { ...task, answer: { kind: 'write', text: SECRET } })
  await act(log, first, safetyAnswer, { speak: 'no', need: 'helper', words: SECRET })
  await act(log, first, statementWrite, { part: 'mediator', text: SECRET })
  await act(log, first, statementWrite, { part: 'all', text: SECRET })
  await act(log, first, statementAllow, { allowed: true, written: 1 })
  await act(log, mediator, statementsShow, {})
  const proposalId = newCommandId()
  const times = [Date.parse('2027-01-10T05:00:00Z')]
  await act(log, mediator, datesPropose, { proposalId, times, zone: 'Asia/Almaty', minutes: 60, required: [] })
  await act(log, first, datesAnswer, { proposalId, answers: ['no'], words: SECRET })
}

/** Everything that somebody is sent of an audience, however their device asks. */
async function sentTo({ id: person }: Person, audience: Audience): Promise<string> {
  const places = Array.from({ length: (await log.state(caseId)).audiences.get(audience)?.seq ?? 0 }, (_each, i) => i + 1)
  const reader = { caseId, person, audience }
  const ways = [log.readAs(caseId, person, audience, 0, 500), log.readPlacesAs(reader, places), log.readBeforeAs(reader, 10_000, 500)]
  return JSON.stringify(await Promise.all(ways))
}

async function newcomer(role: AddedRole): Promise<Person> {
  const id = idOf<ParticipantId>(role)
  const ofSide = hasSide({ role }) ? { sideId: side } : {}
  await act(log, mediator, personAdd, { participantId: id, role, name: 'Мария Жук', language: 'ru', ...ofSide })
  await log.step(caseId, personEnter, { participantId: id }, newCommandId())
  const person: Person = { kind: 'person', caseId, id, role, ...ofSide }
  await act(log, person, agreementConfirm, confirmation)
  if (isOfSide(person)) await act(log, mediator, personAdmit, { participantId: id, to: 'all' })
  else for (const audience of ['all', own] as const) await act(log, mediator, grantGive, { audience, participantId: id })
  return person
}

async function coMediator(): Promise<Person> {
  const id = idOf<ParticipantId>('co-mediator')
  const asked = world.people.map((person) => person.id)
  await log.step(caseId, mediatorPropose, { by: mediator.id, mediator: { id, name: 'Сәуле Ахмет', language: 'kk' }, asked }, newCommandId())
  for (const person of world.people) await act(log, person, consentAnswer, { audience: 'mediators', participantId: id, agreed: true })
  await act(log, mediator, mediatorAdd, { participantId: id })
  return { kind: 'person', caseId, id, role: 'mediator' }
}

describe('what was said before', () => {
  it.each(['lawyer', 'representative', 'companion', 'interpreter'] as const)(
    '[ROO-80] [ROO-211] a %s who comes late reads no word of it, in no room',
    async (role) => {
      const person = await newcomer(role)
      for (const audience of [own, 'all'] as const) {
        const sent = await sentTo(person, audience)
        expect(sent).toContain('room:joined')
        expect(sent).not.toContain(SECRET)
      }
    },
  )

  it('[ROO-80] [ROO-211] nor does another mediator, of the rooms of sides and the lines of people, answers about safety and dates included', async () => {
    const person = await coMediator()
    for (const audience of [own, line] as const) {
      const sent = await sentTo(person, audience)
      expect(sent).toContain('room:joined')
      expect(sent).not.toContain(SECRET)
      expect(sent).not.toContain('\\"speak')
    }
    expect(await sentTo(mediator, line)).toContain('\\"speak')
  })

  it('[ROO-80] [ROO-211] nor can they find out, number by number, where somebody has said something', async () => {
    const asked = async (person: Person, seq: number, command: 'mark' | 'redact') => {
      const place = { audience: own, epoch: 1, seq }
      const said =
        command === 'mark' ? act(log, person, messageMark, { ...place, mark: 'only-you' }) : act(log, person, messageRedact, place)
      return said.then(String, ({ problem }) => JSON.stringify(problem))
    }
    const [lawyer, second] = [await newcomer('lawyer'), await coMediator()]
    const joined = (await log.readWhole(caseId, own)).findIndex(({ type, body }) => type === 'room:joined' && body?.includes(lawyer.id))
    for (const person of [lawyer, second]) {
      const answers = new Set<string>()
      for (let seq = 1; seq <= joined; seq++)
        for (const command of ['mark', 'redact'] as const) answers.add(await asked(person, seq, command))
      expect([...answers]).toEqual([JSON.stringify({ kind: 'not-found' })])
    }
  })

  it('[CRO-5] [ROO-211] whoever comes back into a room still sees what they have allowed there, and can withdraw it', async () => {
    const [roomId, permissionId] = [asId<RoomId>('room'.padEnd(22, '_')), idOf<PermissionId>('again')]
    const room = roomAudience(roomId)
    await act(log, mediator, groupOpen, { roomId, name: 'Бөлек', people: [first.id], end: { way: 'open' } })
    const what = { kind: 'own', text: SECRET } as const
    const readers = [mediator.id, first.id, second.id]
    await act(log, first, permissionGive, { audience: room, permissionId, what, to: 'all', readers })
    await act(log, mediator, groupRelease, { roomId, participantId: first.id })
    await act(log, mediator, groupInvite, { roomId, people: [first.id, second.id] })
    expect(await sentTo(first, room)).toContain(SECRET)
    expect(await sentTo(second, room)).not.toContain(SECRET)
    await act(log, first, permissionWithdraw, { audience: room, permissionId })
  })

  it('[ROO-81] [ROO-211] what its side opens to them they read whole', async () => {
    const lawyer = await newcomer('lawyer')
    await act(log, first, earlierOpen, { audience: own, participantId: lawyer.id, from: 1 })
    expect(await log.readAs(caseId, lawyer.id, own, 0, 500)).toEqual(await log.readWhole(caseId, own))
  })
})

/** What happened in a room and who is in it: whoever comes in must know it. Nothing of it is what somebody has said in confidence. */
const HAPPENED: readonly string[] = [
  'access:changed',
  'agreement:confirmed',
  'agreement:released',
  'call:answered',
  'call:ended',
  'call:opened',
  'call:paused',
  'call:resumed',
  'case:closed',
  'case:opened',
  'caucus:ended',
  'caucus:entered',
  'caucus:invited',
  'chain:sealed',
  'child-report:handed-over',
  'consent:answered',
  'consent:asked',
  'dates:proposed',
  'draft:freeze-cancelled',
  'draft:freeze-requested',
  'draft:large-deletion',
  'draft:ready-given',
  'draft:ready-withdrawn',
  'draft:reopened',
  'draft:restoration-failed',
  'draft:restoration-requested',
  'draft:restored',
  'earlier:opened',
  'estimate:given',
  'estimate:withdrawn',
  'grant:ended',
  'grant:given',
  'line:interrupted',
  'line:restored',
  'lock:lifted',
  'lock:set',
  'mediation:ended',
  'mediation:resumed',
  'mediation:suspended',
  'mediator:called',
  'meeting:cancelled',
  'meeting:fixed',
  'meeting:noted',
  'number:corrected',
  'paper:recorded',
  'people:required',
  'permission:delivered',
  'permission:withdrawn',
  'person:added',
  'person:corrected',
  'person:ended',
  'procedure:changed',
  'record:closed',
  'release:sealed',
  'room:ended',
  'room:entered',
  'room:joined',
  'room:left',
  'room:opened',
  'room:renamed',
  'session:ended',
  'session:started',
  'side:added',
  'side:left',
  'signature:given',
  'signature:sealed',
  'signature:withdrawn',
  'signing:begun',
  'statement:allowed',
  'statement:frozen',
  'task:given',
  'task:withdrawn',
  'title:corrected',
  'version:frozen',
  'version:recalled',
  'version:sealed',
  'wording:answered',
]

it('[ROO-211] of each kind of event it is decided whether it is something that was said', () => {
  const undecided = SERVER_EVENTS.filter(({ paged, said }) => !paged && !said).map(({ name }) => name)
  expect(undecided.toSorted()).toEqual(HAPPENED.toSorted())
})
