// Architecture 1.4 as a property: what an actor may not see changes nothing of what they are answered.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyUpload } from '#server/files/testing/uploaded.ts'
import { act, idOf, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, caseClose, mediationLeave, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { personAdd, personCorrect, personEnd } from '#shared/cases/people-protocol.ts'
import { callAnswer, caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CommandId, type FileId, type SideId } from '#shared/kernel/ids.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { readMark } from '#shared/messaging/read-marks-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import type { CaseLog } from './case-log.ts'

interface Deed {
  readonly who: number
  readonly what: number
  readonly whom: number
}

type AnyCommand = CommandDefinition<WireName, never>

/** Every kind of command that does not end the game at once, aimed at side or person `whom`. */
function commandOf({ what, whom }: Deed, world: SupplyCase, id: CommandId): readonly [AnyCommand, unknown] {
  const sideId = world.sides[whom % world.sides.length] ?? idOf<SideId>('none')
  const participantId = world.people[whom % world.people.length]?.id
  const table: readonly (readonly [unknown, unknown])[] = [
    [messagePost, { audience: 'all', id, text: 'всем' }],
    [messagePost, { audience: sideAudience(sideId), id, text: 'тек медиаторға' }],
    [caucusInvite, { sideId }],
    [caucusEnter, { sideId, company: 'alone' }],
    [caucusEnd, { sideId }],
    [mediatorCall, { sideId, reason: 'pause' }],
    [callAnswer, { sideId }],
    [sessionEnd, {}],
    [sessionStart, {}],
    [agreementConfirm, { agreement: true, explanation: true, remoteForm: true }],
    [personAdmit, { participantId, to: 'all' }],
    [personEnd, { participantId: idOf('nobody') }],
    [personEnd, { participantId: whom % 3 === 0 ? idOf('nobody') : participantId }],
    [personCorrect, { participantId, name: `Айгүл Серікқызы ${whom}`, language: 'kk' }],
    [personAdd, { participantId: id, sideId, role: 'representative', name: 'Өкіл', language: 'ru' }],
    [caseClose, {}],
    [messageRedact, { audience: 'all', epoch: 1, seq: 6 + (whom % 8) }],
    [messageRedact, { audience: sideAudience(sideId), epoch: 1, seq: 1 + whom }],
    [
      readMark,
      {
        marks: [
          { audience: 'all', seq: 6 + whom },
          { audience: sideAudience(sideId), seq: 1 + whom },
        ],
      },
    ],
    [filePost, { audience: sideAudience(sideId), id, fileId: asId<FileId>(idOf<CommandId>(`file-${whom}`)), text: 'тек медиаторға' }],
  ]
  return table[what % table.length] as readonly [AnyCommand, unknown] // every row pairs a command with its own input
}

/** Whether the deed touches nothing but the room of a side other than the watcher's, or what its doer has read. */
function isHidden({ what, whom }: Deed): boolean {
  return (((what >= 1 && what <= 6) || what === 17 || what === 19) && whom % 3 !== 0) || what === 18
}

async function perform(log: CaseLog, actor: Person, deed: Deed, world: SupplyCase, step: string): Promise<string> {
  const id = idOf<CommandId>(step)
  const [command, input] = commandOf(deed, world, id)
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

function what(input: unknown) {
  return typeof input === 'object' && input !== null && 'audience' in input ? (input.audience as 'all') : undefined
}

const deeds = fc.array(fc.record({ who: fc.nat(3), what: fc.nat(19), whom: fc.nat(2) }), { minLength: 5, maxLength: 25 })

describe('[LOG-5] equal views give equal answers', () => {
  it('[LOG-5] a side is answered and shown the same with and without what happens in the other rooms', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (plan) => {
        const [full, bare] = await Promise.all([play(plan, () => true), play(plan, (deed) => !(isHidden(deed) && deed.who !== 1))])
        expect(full.answers).toEqual(bare.answers)
        expect(full.seen).toEqual(bare.seen)
      }),
      { numRuns: 40 },
    )
  })

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
  const log = serverOver({ storage, seed: 'equal', facts: [everyUpload] })
  const world = supplyCase(3)
  await openSession(log, world)
  return { log, world, storage }
}

/** Plays the deeds that `keep` keeps; answers what person 1 of side 1 was told and can read. */
async function play(plan: readonly Deed[], keep: (deed: Deed) => boolean) {
  const { log, world, storage } = await start()
  const [watcher] = world.people
  if (!watcher) throw new Error('no watcher')
  const answers: string[] = []
  for (const [index, deed] of plan.entries()) {
    if (!keep(deed)) continue
    const answer = await perform(log, actorAt(world, deed.who), deed, world, `step-${index}`)
    if (deed.who === 1) answers.push(answer)
  }
  const seen: unknown[] = []
  for (const audience of [...(await log.state(world.caseId)).audiences.keys()]) {
    seen.push(...(await log.readAs(world.caseId, watcher.id, audience, 0, 1_000)))
  }
  await storage.close()
  return { answers, seen }
}
