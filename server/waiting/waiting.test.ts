// What those who wait are told and given, over the real log.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, mediationEnd, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { mediatorAdd, mediatorPropose } from '#shared/cases/mediator-protocol.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import { caucusEnd, caucusEnter, caucusInvite } from '#shared/caucus/caucus-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type SideId, type TaskId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { consentAnswer } from '#shared/rooms/consent-protocol.ts'
import { grantGive } from '#shared/rooms/grant-protocol.ts'
import { estimateGive, estimateWithdraw } from '#shared/waiting/estimate-protocol.ts'
import { MAX_OPEN_TASKS, type Task, taskAnswer, taskGive, taskWithdraw } from '#shared/waiting/task-protocol.ts'
import { estimateFold, tasksFold } from '#shared/waiting/waiting-state.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const TOPICS: Task = { kind: 'rank', topics: ['Оплата', 'Мерзімі', 'Штраф'] }

let log: CaseLog
let world: SupplyCase
let mediator: Person
let first: Person
let second: Person
let sides: readonly [SideId, SideId, ...SideId[]]
const clock = setClock()
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function begin(options?: { admit: boolean }) {
  const storage = memoryStorage()
  closing.push(storage.close)
  log = serverOver({ storage, seed: 'waiting', clock })
  world = supplyCase()
  await openSession(log, world, options)
  ;[first, second] = world.people
  mediator = world.mediator
  sides = world.sides
}
beforeEach(() => begin())

async function say<Input>(who: Person, command: CommandDefinition<WireName, Input>, input: Input): Promise<string> {
  try {
    await act(log, who, command, input, { id: newCommandId() })
    return 'done'
  } catch (error) {
    if (error instanceof AppError) return error.problem.reason ?? error.problem.kind
    throw error
  }
}

const id = (name: string) => idOf<TaskId>(name)
const estimate = async () => stateIn((await log.state(world.caseId)).audiences, estimateFold, 'case')?.estimate?.at
const tasks = async (side: SideId) => stateIn((await log.state(world.caseId)).audiences, tasksFold, sideAudience(side))?.tasks ?? {}
const typesOf = async (who: Person, audience: Audience) =>
  (await log.readAs(world.caseId, who.id, audience, 0, 1_000)).map(({ type }) => type)
const give = (task: Task, ...to: (readonly [SideId, string])[]) =>
  say(mediator, taskGive, { to: to.map(([sideId, name]) => ({ sideId, taskId: id(name) })), task })

describe('a time to expect', () => {
  it('[WAI-1] is told by the mediator alone, ahead of now and within a day, and read alike by all, not admitted ones too', async () => {
    await begin({ admit: false })
    const at = clock.now() + 20 * MINUTE
    expect(await say(first, estimateGive, { at })).toBe('forbidden')
    expect(await say(mediator, estimateGive, { at: clock.now() })).toBe('waiting/past')
    expect(await say(mediator, estimateGive, { at: clock.now() + DAY + 1 })).toBe('waiting/too-far')
    expect(await say(mediator, estimateGive, { at })).toBe('done')
    expect(await estimate()).toBe(at)
    const read = await Promise.all([first, second].map(({ id }) => log.readAs(world.caseId, id, 'case', 0, 1_000)))
    expect(read[0]).toEqual(read[1])
    expect(read[0]?.at(-1)).toMatchObject({ type: 'estimate:given', body: JSON.stringify({ at }) })
  })

  it('[WAI-2] is changed and withdrawn by the mediator; the same time twice is one event', async () => {
    const at = clock.now() + 20 * MINUTE
    await say(mediator, estimateGive, { at })
    await say(mediator, estimateGive, { at })
    await say(mediator, estimateGive, { at: at + MINUTE })
    expect(await estimate()).toBe(at + MINUTE)
    expect(await say(first, estimateWithdraw, {})).toBe('forbidden')
    expect(await say(mediator, estimateWithdraw, {})).toBe('done')
    expect(await say(mediator, estimateWithdraw, {})).toBe('done')
    expect(await estimate()).toBeUndefined()
    const types = (await typesOf(first, 'case')).filter((type) => type.startsWith('estimate:'))
    expect(types).toEqual(['estimate:given', 'estimate:given', 'estimate:withdrawn'])
  })

  it('[WAI-2] ends with the session and the mediation, and with nothing that happens in a room', async () => {
    const at = clock.now() + 20 * MINUTE
    await say(mediator, estimateGive, { at })
    const before = await typesOf(second, 'case')
    const [sideId] = sides
    for (const command of [
      () => say(mediator, caucusInvite, { sideId }),
      () => say(first, caucusEnter, { sideId, company: 'alone' }),
      () => say(mediator, caucusEnd, { sideId }),
    ])
      expect(await command()).toBe('done')
    expect(await estimate()).toBe(at)
    expect(await typesOf(second, 'case')).toEqual(before)
    await say(mediator, sessionEnd, {})
    expect(await estimate()).toBeUndefined()
    await say(mediator, estimateGive, { at })
    await say(mediator, sessionStart, {})
    expect(await estimate()).toBe(at)
    await say(mediator, mediationEnd, { ground: 'circumstances' })
    expect(await estimate()).toBeUndefined()
    expect(await say(mediator, estimateGive, { at })).toBe('waiting/over')
  })
})

describe('a task', () => {
  it('[WAI-10] stands in the rooms of the sides that it was given to, with an id for each, and nowhere else', async () => {
    const [one, two] = sides
    expect(await give(TOPICS, [one, 'one'])).toBe('done')
    expect(Object.keys(await tasks(one))).toEqual([id('one')])
    expect(await tasks(two)).toEqual({})
    expect(await typesOf(second, sideAudience(two))).not.toContain('task:given')
    expect(await typesOf(second, 'case')).not.toContain('task:given')
    expect(await give(TOPICS, [one, 'both-1'], [two, 'both-2'])).toBe('done')
    expect([Object.keys(await tasks(one)), Object.keys(await tasks(two))]).toEqual([[id('one'), id('both-1')], [id('both-2')]])
    expect(await say(first, taskGive, { to: [{ sideId: one, taskId: id('own') }], task: TOPICS })).toBe('forbidden')
    expect(await say(second, taskGive, { to: [{ sideId: one, taskId: id('own') }], task: TOPICS })).toBe('not-found')
  })

  it('[WAI-11] [CAU-1] two mediators, or an interpreter, are nobody of the side: an empty room is given no task and invited to no talk', async () => {
    await begin({ admit: false })
    const [next, interpreter] = [idOf<Person['id']>('next'), idOf<Person['id']>('interpreter')]
    const asked = world.people.map((person) => person.id)
    const proposed = { by: mediator.id, mediator: { id: next, name: 'Сәуле Ахмет', language: 'kk' } as const, asked }
    await log.step(world.caseId, mediatorPropose, proposed, newCommandId())
    for (const person of world.people) await say(person, consentAnswer, { audience: 'mediators', participantId: next, agreed: true })
    expect(await say(mediator, mediatorAdd, { participantId: next })).toBe('done')
    await say(mediator, personAdd, { participantId: interpreter, role: 'interpreter', name: 'Мария Жук', language: 'ru' })
    await log.step(world.caseId, personEnter, { participantId: interpreter }, newCommandId())
    const guest: Person = { kind: 'person', caseId: world.caseId, id: interpreter, role: 'interpreter' }
    await say(guest, agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
    expect(await say(mediator, grantGive, { audience: sideAudience(sides[0]), participantId: interpreter })).toBe('done')
    for (const sideId of sides) {
      expect(await give(TOPICS, [sideId, 'empty'])).toBe('waiting/nobody-there')
      expect(await say(mediator, caucusInvite, { sideId })).toBe('caucus/nobody-there')
    }
  })

  it('[WAI-11] is given to all that were chosen or to none, in a session, to somebody, and not without end', async () => {
    const [one, two] = sides
    expect(await give(TOPICS, [one, 'a'], [asId<SideId>(id('nobody')), 'b'])).toBe('not-found')
    expect(await give(TOPICS, [one, 'a'], [one, 'b'])).toBe('waiting/twice')
    expect(await give({ kind: 'rank', topics: ['Оплата', 'Оплата'] }, [one, 'a'])).toBe('waiting/twice')
    expect(await tasks(one)).toEqual({})
    for (let i = 0; i < MAX_OPEN_TASKS; i++) expect(await give(TOPICS, [one, `full-${i}`])).toBe('done')
    expect(await give(TOPICS, [two, 'more-2'], [one, 'more-1'])).toBe('waiting/too-many')
    expect(await tasks(two)).toEqual({})
    await say(mediator, taskWithdraw, { sideId: one, taskId: id('full-0') })
    expect(await give(TOPICS, [one, 'more-1'])).toBe('done')
    expect(await give(TOPICS, [two, 'more-1'])).toBe('done')
    expect(await give(TOPICS, [two, 'more-1'])).toBe('conflict')
    await say(mediator, sessionEnd, {})
    expect(await give(TOPICS, [two, 'late'])).toBe('waiting/no-session')
    await begin({ admit: false })
    expect(await give(TOPICS, [sides[0], 'early'])).not.toBe('done')
  })

  it('[WAI-12] is answered by each for themselves, of its kind, until it is withdrawn', async () => {
    const [one] = sides
    await give(TOPICS, [one, 'rank'])
    await give({ kind: 'read', clause: '3.2' }, [one, 'read'])
    const at = { sideId: one, taskId: id('rank') }
    const rank = (order: number[]) => ({ ...at, answer: { kind: 'rank' as const, order } })
    for (const wrong of [
      [0, 1],
      [0, 1, 1],
      [0, 1, 3],
      [0, 1, 2, 3],
    ])
      expect(await say(first, taskAnswer, rank(wrong))).toBe('invalid')
    expect(await say(first, taskAnswer, { ...at, answer: { kind: 'write', text: 'өз сөзім' } })).toBe('invalid')
    expect(await say(second, taskAnswer, rank([0, 1, 2]))).toBe('not-found')
    expect(await say(mediator, taskAnswer, rank([0, 1, 2]))).toBe('forbidden')
    expect(await say(first, taskAnswer, rank([0, 1, 2]))).toBe('done')
    expect(await say(first, taskAnswer, rank([2, 0, 1]))).toBe('done')
    expect((await tasks(one))[id('rank')]?.answers).toEqual({ [first.id]: { answer: { kind: 'rank', order: [2, 0, 1] }, at: clock.now() } })
    expect(await say(first, taskAnswer, { sideId: one, taskId: id('read'), answer: { kind: 'read', question: 'Қай күнге дейін?' } })).toBe(
      'done',
    )
    expect(await say(second, taskWithdraw, at)).toBe('not-found')
    expect(await say(first, taskWithdraw, at)).toBe('forbidden')
    expect(await say(mediator, taskWithdraw, at)).toBe('done')
    expect(await say(mediator, taskWithdraw, at)).toBe('done')
    expect(await say(first, taskAnswer, rank([0, 1, 2]))).toBe('waiting/withdrawn')
  })
})
