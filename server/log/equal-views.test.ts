// Architecture 1.4 as a property: what an actor may not see changes nothing of what they are answered.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RULES } from '#server/catalogue.ts'
import { everyFile } from '#server/crossing/testing/every-file.ts'
import { everyUpload } from '#server/files/testing/uploaded.ts'
import { act, idOf, newCommandId, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { ELSEWHERE, everyCommand, NEXT_DAY, observer, PROPOSAL, type Row, SHOWN } from '#server/testing/every-command.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { jointWayFact } from '#shared/calls/calls-facts.ts'
import { agreementConfirm, mediationLeave } from '#shared/cases/case-protocol.ts'
import { personAdd, personEnd, personEnter } from '#shared/cases/people-protocol.ts'
import { crossingFold } from '#shared/crossing/crossing-state.ts'
import { type Person, ROLES } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CommandId, ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import { stateIn } from '#shared/log/fold.ts'
import { consentAsk } from '#shared/rooms/consent-protocol.ts'
import { datesPropose } from '#shared/scheduling/ask-dates-protocol.ts'
import { meetingDueFact } from '#shared/scheduling/decide-meeting.ts'
import type { CaseLog } from './case-log.ts'
import { provideFact } from './facts.ts'

interface Deed {
  readonly who: number
  readonly what: number
  readonly whom: number
}

function rowOf({ what, whom }: Deed, world: SupplyCase, id: CommandId): Row {
  const table = everyCommand(world, whom, id)
  return table[what % table.length] as Row // of no empty table
}

/** Whether the deed touches nothing but the room of a side other than the watcher's, or what its doer has read. */
function isHidden({ who, what, whom }: Deed): boolean {
  const { hidden } = rowOf({ who, what, whom }, WORLD, PROPOSAL)
  return who !== WATCHER && (hidden === 'always' || (hidden === 'in-room' && whom % 3 !== 0))
}

async function perform(log: CaseLog, actor: Person, deed: Deed, world: SupplyCase, step: string): Promise<string> {
  const id = idOf<CommandId>(step)
  const { command, input: given } = rowOf(deed, world, id)
  const input = await withShown(log, world, given)
  const audience = what(input)
  const head = audience ? (await log.state(world.caseId)).audiences.get(audience) : undefined
  const seen = head && audience ? { seen: { audience, epoch: head.epoch, seq: head.seq, hash: head.hash } } : {}
  try {
    return JSON.stringify(await act(log, actor, command, input as never, { id, ...seen })) // input fits its command by the table
  } catch (error) {
    if (error instanceof AppError) return JSON.stringify(error.problem)
    throw error
  }
}

/** As whoever was shown what they act upon names it. */
async function withShown(log: CaseLog, { caseId }: SupplyCase, input: unknown): Promise<unknown> {
  const row = input as { seq?: number; audience: Audience; permissionId?: PermissionId; wordingId?: WordingId } // as the rows with a SHOWN are
  if (row.seq !== SHOWN) return input
  const { audience, permissionId, wordingId } = row
  const crossing = stateIn((await log.state(caseId)).audiences, crossingFold, audience)
  const shown = permissionId ? crossing?.permissions[permissionId] : wordingId && crossing?.wordings[wordingId]
  return { ...row, seq: shown?.seq ?? SHOWN }
}

function what(input: unknown) {
  return typeof input === 'object' && input !== null && 'audience' in input ? (input.audience as 'all') : undefined
}

const WORLD = supplyCase(3)
const WATCHER = 1
const ROWS = everyCommand(WORLD, 0, PROPOSAL)
const deeds = fc.array(fc.record({ who: fc.nat(3), what: fc.nat(ROWS.length - 1), whom: fc.nat(2) }), { minLength: 5, maxLength: 40 })

describe('[LOG-5] equal views give equal answers', () => {
  it('[LOG-5] [CRO-30] [WAI-30] [CAU-200] a side is answered and shown the same with and without what happens in the other rooms', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (plan) => {
        const [full, bare] = await Promise.all([play(plan, () => true), play(plan, (deed) => !isHidden(deed))])
        expect(full.answers).toEqual(bare.answers)
        expect(full.seen).toEqual(bare.seen)
      }),
      { numRuns: 40 },
    )
  }, 180_000)

  it('[LOG-5] [CAU-3] every command that a person can ask for is proven so: here, or where it says', () => {
    const proven = new Set([...ROWS.map(({ command }) => command.name as string), ...Object.keys(ELSEWHERE)])
    const asked = RULES.filter(({ by }) => by === 'person').map(({ command }) => command.name as string)
    expect(asked.filter((name) => !proven.has(name))).toEqual([])
    expect([...proven].filter((name) => !asked.includes(name))).toEqual([])
  })

  it('[LOG-5] [CAU-3] each of them is done by somebody in other rooms, and the watcher is answered and shown the same', async () => {
    const others = [0, 2, 3].flatMap((who) => [1, 2].map((whom) => ({ who, whom })))
    const isOfOthers = (what: number) => ROWS[what]?.hidden !== undefined
    const what = ROWS.map((_row, nth) => nth)
    const theirs = what.filter(isOfOthers).flatMap((each): Deed[] => others.map((deed) => ({ ...deed, what: each })))
    const watching = what.filter(isOfOthers).flatMap((each): Deed[] => [0, 1, 2].map((whom) => ({ who: WATCHER, whom, what: each })))
    const plan = [...theirs, ...watching]
    const [full, bare] = [await play(plan, () => true), await play(plan, (deed) => !isHidden(deed))]
    expect(full.answers).toEqual(bare.answers)
    expect(full.seen).toEqual(bare.seen)
    // What nobody could do there would prove nothing.
    const never = ROWS.filter(({ hidden, command }) => hidden && !full.done.has(command.name)).map(({ command }) => command.name)
    expect(never).toEqual([])
  }, 180_000)

  it('[ROO-4] [LOG-4] whoever was taken out is answered to every command as somebody who never was, and that nothing is there', async () => {
    const { log, world, storage } = await start()
    const [, gone] = world.people
    await act(log, world.mediator, personEnd, { participantId: gone.id })
    const nobody = { ...gone, id: idOf<ParticipantId>('nobody-at-all') }
    for (const role of ROLES)
      for (const [what, whom] of ROWS.flatMap((_row, nth) => [0, 1, 2].map((each) => [nth, each] as const))) {
        const answers = []
        for (const actor of [gone, nobody]) {
          const step = `${role}-${what}-${whom}`
          answers.push(await perform(log, { ...actor, role }, { who: 2, what, whom }, world, step))
        }
        expect(answers[0]).toBe(answers[1])
        expect(answers[0]).toContain('not-found')
      }
    await storage.close()
  }, 180_000)

  it('[LOG-5] leaving is answered the same whatever was said elsewhere', async () => {
    for (const talk of [true, false]) {
      const plan: Deed[] = talk
        ? [
            { who: 0, what: 2, whom: 1 },
            { who: 2, what: 3, whom: 1 },
            { who: 2, what: 1, whom: 1 },
          ]
        : []
      const { log, world, storage } = await start()
      for (const [index, deed] of plan.entries()) await perform(log, actorAt(world, deed.who), deed, world, `step-${index}`)
      const [watcher] = world.people
      if (!watcher) throw new Error('no watcher')
      const places = await act(log, watcher, mediationLeave, {}, { id: idOf('leave') })
      expect(places.map((place) => place.audience)).toEqual(['case', 'all', `side:${watcher.sideId}`, 'case'])
      await storage.close()
    }
  })
})

function actorAt(world: SupplyCase, who: number): Person {
  return who === 0 ? world.mediator : (world.people[who - 1] ?? world.mediator)
}

async function start() {
  const storage = memoryStorage()
  const without = [provideFact(jointWayFact, async () => 'mesh' as const), provideFact(meetingDueFact, async () => undefined)]
  const log = serverOver({ storage, seed: 'equal', facts: [everyUpload, ...everyFile, ...without] })
  const world = supplyCase(3)
  const { caseId, mediator } = world
  await openSession(log, world)
  await act(log, mediator, personAdd, { participantId: observer, role: 'observer', name: 'Бақылаушы', language: 'ru' })
  await log.step(caseId, personEnter, { participantId: observer }, newCommandId())
  const watching: Person = { kind: 'person', caseId, id: observer, role: 'observer' }
  await act(log, watching, agreementConfirm, { agreement: true, explanation: true, remoteForm: true })
  await act(log, mediator, consentAsk, { audience: 'all', participantId: observer })
  const times = [NEXT_DAY, NEXT_DAY + 3_600_000]
  await act(log, mediator, datesPropose, { proposalId: PROPOSAL, times, zone: 'Asia/Almaty', minutes: 60, required: [] })
  return { log, world, storage }
}

/** Plays the deeds that `keep` keeps; answers what person 1 of side 1 was told and can read, and what could be done. */
async function play(plan: readonly Deed[], keep: (deed: Deed) => boolean) {
  const { log, world, storage } = await start()
  const [watcher] = world.people
  const answers: string[] = []
  const done = new Set<string>()
  for (const [index, deed] of plan.entries()) {
    if (!keep(deed)) continue
    const answer = await perform(log, actorAt(world, deed.who), deed, world, `step-${index}`)
    if (deed.who === WATCHER) answers.push(answer)
    else if (answer.startsWith('[')) done.add(rowOf(deed, world, PROPOSAL).command.name)
  }
  const seen: unknown[] = []
  for (const audience of [...(await log.state(world.caseId)).audiences.keys()]) {
    seen.push(...(await log.readAs(world.caseId, watcher.id, audience, 0, 1_000)))
  }
  await storage.close()
  return { answers, seen, done }
}
