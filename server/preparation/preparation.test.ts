// What people say alone before they talk together, over the real log.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CaseLog } from '#server/log/case-log.ts'
import { act, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { mediationEnd, sessionEnd } from '#shared/cases/case-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { stateIn } from '#shared/log/fold.ts'
import { safetyFold, shownStatementsFold, statementFold } from '#shared/preparation/preparation-state.ts'
import { safetyAnswer } from '#shared/preparation/safety-protocol.ts'
import { statementAllow, statementShown, statementsShow, statementWrite } from '#shared/preparation/statement-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { procedureSet } from '#shared/rooms/procedure-protocol.ts'
import { procedureFold } from '#shared/rooms/procedure-state.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'

const ORDINARY = { caucusOnly: false, noVideo: false, breaks: false, interpreter: false }

interface Case {
  readonly log: CaseLog
  readonly world: SupplyCase
  readonly say: <Input>(who: Person, command: CommandDefinition<WireName, Input>, input: Input) => Promise<string>
  readonly reads: (who: Person) => Promise<readonly unknown[]>
  readonly state: () => ReturnType<CaseLog['state']>
}

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

async function newCase(options: { admit: boolean }): Promise<Case> {
  const storage = memoryStorage()
  closing.push(storage.close)
  const log = serverOver({ storage, seed: 'before' })
  const world = supplyCase()
  await openSession(log, world, options)
  return {
    log,
    world,
    state: () => log.state(world.caseId),
    async say(who, command, input) {
      try {
        await act(log, who, command, input, { id: newCommandId() })
        return 'done'
      } catch (error) {
        if (error instanceof AppError) return error.problem.reason ?? error.problem.kind
        throw error
      }
    },
    async reads(who) {
      const read: unknown[] = []
      for (const audience of (await log.state(world.caseId)).audiences.keys()) {
        read.push(...(await log.readAs(world.caseId, who.id, audience, 0, 1_000)))
      }
      return read
    },
  }
}

let open: Case
let first: Person
let second: Person
let mediator: Person
beforeEach(async () => {
  open = await newCase({ admit: false })
  ;[first, second] = open.world.people
  mediator = open.world.mediator
})

const statementOf = async (who: Person) => stateIn((await open.state()).audiences, statementFold, directAudience(who.id))
const shown = async () => stateIn((await open.state()).audiences, shownStatementsFold, 'all') ?? []
const admitAll = async () => {
  for (const { id } of [first, second]) expect(await open.say(mediator, personAdmit, { participantId: id, to: 'all' })).toBe('done')
}

describe('the opening statement', () => {
  it('[PRE-20] stands on its author’s own line before anybody is admitted, and may be replaced', async () => {
    expect(await open.say(first, statementWrite, { part: 'all', text: 'Поставка не оплачена' })).toBe('done')
    expect(await open.say(first, statementWrite, { part: 'mediator', text: 'Готовы ждать до марта' })).toBe('done')
    expect(await open.say(first, statementWrite, { part: 'all', text: 'Поставка оплачена не вся' })).toBe('done')
    expect(await statementOf(first)).toMatchObject({
      all: { text: 'Поставка оплачена не вся', written: 2 },
      mediator: { text: 'Готовы ждать до марта', written: 1 },
    })
    expect(JSON.stringify(await open.reads(second))).not.toMatch(/Поставка оплачена|Готовы/)
    expect(await open.say(mediator, statementWrite, { part: 'all', text: 'за сторону' })).toBe('not-found')
  })

  it('[PRE-21] is allowed word for word: other words are not, and neither are none', async () => {
    expect(await open.say(first, statementAllow, { allowed: true, written: 0 })).toBe('preparation/empty')
    await open.say(first, statementWrite, { part: 'all', text: 'раз' })
    expect(await open.say(first, statementAllow, { allowed: true, written: 0 })).toBe('preparation/changed')
    expect(await open.say(first, statementAllow, { allowed: true, written: 1 })).toBe('done')
    expect((await statementOf(first))?.isAllowed).toBe(true)
    await open.say(first, statementWrite, { part: 'mediator', text: 'ещё' })
    expect((await statementOf(first))?.isAllowed).toBe(true)
    await open.say(first, statementWrite, { part: 'all', text: 'два' })
    expect((await statementOf(first))?.isAllowed).toBe(false)
  })

  it('[PRE-22] is shown by the mediator, in a session, all that is allowed at once, and stands from then on as it was', async () => {
    expect(await open.say(mediator, statementsShow, {})).toBe('preparation/nothing-to-show')
    await open.say(first, statementWrite, { part: 'all', text: 'раз' })
    await open.say(second, statementWrite, { part: 'all', text: 'не для всех' })
    await open.say(first, statementAllow, { allowed: true, written: 1 })
    await admitAll()
    expect(await open.say(first, statementsShow, {})).toBe('forbidden')
    expect(await open.say(mediator, statementsShow, {})).toBe('done')
    expect(await shown()).toMatchObject([{ participantId: first.id, text: 'раз' }])
    expect(JSON.stringify(await open.reads(second))).toContain('раз')
    expect(JSON.stringify(await open.reads(first))).not.toContain('не для всех')
    expect(await open.say(first, statementWrite, { part: 'all', text: 'два' })).toBe('preparation/shown')
    expect(await open.say(first, statementAllow, { allowed: false, written: 1 })).toBe('preparation/shown')
    expect(await open.say(first, statementWrite, { part: 'mediator', text: 'и ещё' })).toBe('done')
    expect(await open.say(mediator, statementsShow, {})).toBe('preparation/nothing-to-show')
    await open.say(second, statementAllow, { allowed: true, written: 1 })
    await open.say(mediator, sessionEnd, {})
    expect(await open.say(mediator, statementsShow, {})).toBe('preparation/no-session')
  })

  it('[PRE-22] is not written any more once the mediation is over', async () => {
    await open.say(mediator, mediationEnd, { ground: 'circumstances' })
    expect(await open.say(first, statementWrite, { part: 'all', text: 'раз' })).toBe('preparation/over')
    expect(await open.say(first, safetyAnswer, { speak: 'no' })).toBe('preparation/over')
  })
})

describe('what is asked alone', () => {
  it('[PRE-30] may be left open and changed; the last answers count', async () => {
    expect(await open.say(first, safetyAnswer, {})).toBe('done')
    expect(await open.say(first, safetyAnswer, { speak: 'phone', need: 'interpreter', words: 'немецкий' })).toBe('done')
    const folded = stateIn((await open.state()).audiences, safetyFold, directAudience(first.id))
    expect(folded?.answered).toMatchObject({ speak: 'phone', need: 'interpreter', words: 'немецкий' })
    expect(folded?.answered).not.toHaveProperty('afraid')
    expect(await open.say(mediator, safetyAnswer, { speak: 'yes' })).toBe('not-found')
  })

  it('[PRE-31] [PRE-23] the other side reads and is answered the same bytes, whatever was answered, written or allowed, or nothing', async () => {
    const plans: ((play: Case) => Promise<unknown>)[] = [
      async () => undefined,
      async ({ say, world: { people } }) => {
        await say(people[0], safetyAnswer, { speak: 'no', afraid: 'yes', need: 'both', words: 'сурдоперевод' })
        await say(people[0], statementWrite, { part: 'all', text: 'раз' })
        await say(people[0], statementWrite, { part: 'mediator', text: 'два' })
        await say(people[0], statementAllow, { allowed: true, written: 1 })
      },
      async ({ say, world: { people } }) => {
        await say(people[0], safetyAnswer, { speak: 'yes' })
        await say(people[0], safetyAnswer, {})
      },
    ]
    const seen: string[] = []
    for (const plan of plans) {
      const play = await newCase({ admit: false })
      const [one, other] = play.world.people
      await plan(play)
      const answers = [
        await play.say(other, statementWrite, { part: 'all', text: 'своё' }),
        await play.say(other, safetyAnswer, { need: 'none' }),
        await play.say(play.world.mediator, procedureSet, { ...ORDINARY, breaks: true }),
        await play.say(play.world.mediator, personAdmit, { participantId: other.id, to: 'all' }),
        await play.say(play.world.mediator, personAdmit, { participantId: one.id, to: 'all' }),
      ]
      seen.push(JSON.stringify([answers, await play.reads(other)]))
    }
    expect(seen[1]).toBe(seen[0])
    expect(seen[2]).toBe(seen[0])
    expect(seen[0]).not.toContain(statementShown.name)
  })
})

describe('an adjusted procedure', () => {
  it('[PRE-40] is set by the mediator alone, and everybody reads the same, without a reason', async () => {
    const set = { ...ORDINARY, noVideo: true, breaks: true }
    expect(await open.say(first, procedureSet, set)).toBe('forbidden')
    expect(await open.say(mediator, procedureSet, set)).toBe('done')
    expect(await open.say(mediator, procedureSet, set)).toBe('done')
    const { audiences } = await open.state()
    expect(stateIn(audiences, procedureFold, 'case')).toEqual(set)
    const [one, two] = await Promise.all([first, second].map((who) => open.log.readAs(open.world.caseId, who.id, 'case', 0, 1_000)))
    expect(one).toEqual(two)
    expect(one?.filter(({ type }) => type === 'procedure:changed').map(({ body }) => JSON.parse(body ?? ''))).toEqual([set])
  })

  it('[PRE-41] with talks held apart nobody comes into the joint room, everybody into their own; and it is not said once somebody is in', async () => {
    const apart = { ...ORDINARY, caucusOnly: true }
    await open.say(mediator, procedureSet, apart)
    expect(await open.say(mediator, personAdmit, { participantId: first.id, to: 'all' })).toBe('rooms/caucus-only')
    expect(await open.say(mediator, personAdmit, { participantId: first.id, to: 'side' })).toBe('done')
    await open.say(mediator, procedureSet, ORDINARY)
    expect(await open.say(mediator, personAdmit, { participantId: first.id, to: 'all' })).toBe('done')
    expect(await open.say(mediator, procedureSet, apart)).toBe('rooms/joint-begun')
    expect(await open.say(mediator, procedureSet, { ...ORDINARY, interpreter: true })).toBe('done')
  })
})
