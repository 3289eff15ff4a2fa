// Architecture 1.4 as a property: what an actor may not see changes nothing of what they are answered.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyUpload } from '#server/files/testing/uploaded.ts'
import { act, idOf, openSession, type SupplyCase, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, caseClose, mediationLeave, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { personAdd, personCorrect, personEnd } from '#shared/cases/people-protocol.ts'
import { callAnswer, caucusEnd, caucusEnter, caucusInvite, mediatorCall } from '#shared/caucus/caucus-protocol.ts'
import { mediatorMove } from '#shared/caucus/minutes/minutes-protocol.ts'
import {
  messageMark,
  permissionDeliver,
  permissionGive,
  permissionWithdraw,
  wordingAnswer,
  wordingAsk,
} from '#shared/crossing/crossing-protocol.ts'
import { filePost } from '#shared/files/files-protocol.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type CommandId, type FileId, type ParticipantId, type RoomId, type SideId, type TaskId } from '#shared/kernel/ids.ts'
import { messagePost, messageRedact } from '#shared/messaging/messaging-protocol.ts'
import { readMark } from '#shared/messaging/read-marks-protocol.ts'
import { safetyAnswer } from '#shared/preparation/safety-protocol.ts'
import { statementAllow, statementWrite } from '#shared/preparation/statement-protocol.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { consentAnswer, consentAsk } from '#shared/rooms/consent-protocol.ts'
import { grantGive, grantTake } from '#shared/rooms/grant-protocol.ts'
import { groupEnd, groupEnter, groupInvite, groupLeave, groupOpen, groupRelease } from '#shared/rooms/group-protocol.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { procedureSet } from '#shared/rooms/procedure-protocol.ts'
import { earlierOpen, personAdmit } from '#shared/rooms/room-protocol.ts'
import { datesAnswer, datesPropose } from '#shared/scheduling/ask-dates-protocol.ts'
import { estimateGive, estimateWithdraw } from '#shared/waiting/estimate-protocol.ts'
import { taskAnswer, taskGive, taskWithdraw } from '#shared/waiting/task-protocol.ts'
import type { CaseLog } from './case-log.ts'

const PROPOSAL = idOf<CommandId>('proposal')
const TOMORROW = setClock().now() + 86_400_000

interface Deed {
  readonly who: number
  readonly what: number
  readonly whom: number
}

/** Added by one deed, asked about by others. */
const onlooker = idOf<ParticipantId>('onlooker')

type AnyCommand = CommandDefinition<WireName, never>

/** Every kind of command that does not end the game at once, aimed at side or person `whom`. */
function commandOf({ what, whom }: Deed, world: SupplyCase, id: CommandId): readonly [AnyCommand, unknown] {
  const sideId = world.sides[whom % world.sides.length] ?? idOf<SideId>('none')
  const participantId = world.people[whom % world.people.length]?.id
  // A room for each: `whom` 0 is in the first, the others are in rooms that the watcher is not in.
  const roomId = asId<RoomId>(`room-${whom % 3}`.padEnd(22, '_'))
  const room = roomAudience(roomId)
  // from the second side to the third
  const source = sideAudience(world.sides[1])
  const to = sideAudience(world.sides[2] ?? idOf<SideId>('none'))
  const permission = { audience: source, permissionId: idOf('permission') }
  const wording = { audience: sideAudience(sideId), wordingId: idOf('wording') }
  const task = { sideId, taskId: idOf<TaskId>('task') }
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
    [groupOpen, { roomId, name: 'Бөлек', people: [participantId], end: { way: whom === 1 ? 'session' : 'open' } }],
    [messagePost, { audience: room, id, text: 'осында ғана' }],
    [groupEnter, { roomId }],
    [groupInvite, { roomId, people: [world.people[whom % 3 === 0 ? 0 : 2]?.id] }],
    [groupRelease, { roomId, participantId }],
    [groupLeave, { roomId }],
    [roomLock, { audience: room, what: 'messages' }],
    [roomUnlock, { audience: room, what: 'messages' }],
    [groupEnd, { roomId }],
    [roomLock, { audience: 'all', what: 'messages' }],
    [roomUnlock, { audience: 'all', what: 'messages' }],
    [earlierOpen, { audience: sideAudience(sideId), participantId, from: 1 }],
    // on their doer's own line to the mediator
    [datesAnswer, { proposalId: PROPOSAL, answers: whom % 2 === 0 ? ['no', 'no'] : ['yes', 'maybe'], words: 'тек кешке' }],
    [safetyAnswer, { speak: whom % 2 === 0 ? 'no' : 'phone', afraid: 'yes' }],
    [statementWrite, { part: whom % 2 === 0 ? 'mediator' : 'all', text: `тек медиаторға ${whom}` }],
    [statementAllow, { allowed: whom % 2 === 0, written: whom }],
    // for everybody alike
    [datesPropose, { proposalId: PROPOSAL, times: [TOMORROW, TOMORROW + 3_600_000], zone: 'Asia/Almaty', minutes: 60, required: [] }],
    [procedureSet, { caucusOnly: false, noVideo: whom % 2 === 0, breaks: true, interpreter: false }],
    [messageMark, { audience: sideAudience(sideId), epoch: 1, seq: 3 + whom, mark: 'you-may-tell' }],
    [wordingAsk, { ...wording, of: participantId, text: 'Подождём до мая' }],
    [wordingAnswer, { ...wording, isRight: true }],
    [permissionGive, { ...permission, what: { kind: 'own', text: 'Подождём' }, to, readers: [world.mediator.id, world.people[2]?.id] }],
    [permissionWithdraw, permission],
    [permissionDeliver, permission],
    [personAdd, { participantId: onlooker, role: 'observer', name: 'Бақылаушы', language: 'ru' }],
    [consentAsk, { audience: sideAudience(sideId), participantId: onlooker }],
    [consentAnswer, { audience: sideAudience(sideId), participantId: onlooker, agreed: true }],
    [grantGive, { audience: sideAudience(sideId), participantId: onlooker }],
    [grantTake, { audience: sideAudience(sideId), participantId: onlooker }],
    [filePost, { audience: sideAudience(sideId), id, fileId: asId<FileId>(idOf<CommandId>(`file-${whom}`)), text: 'тек медиаторға' }],
    [taskGive, { to: [task], task: { kind: 'write', ask: 'Мерзімін жазыңыз' } }],
    [taskAnswer, { ...task, answer: { kind: 'write', text: `мамырға дейін ${whom}` } }],
    [taskWithdraw, task],
    [estimateGive, { at: TOMORROW - 60_000 * (1 + whom) }],
    [estimateWithdraw, {}],
    // where the mediator is, for their own minutes alone
    [mediatorMove, { place: whom === 0 ? 'all' : sideAudience(sideId) }],
  ]
  return table[what % table.length] as readonly [AnyCommand, unknown] // every row pairs a command with its own input
}

/** Whether the deed touches nothing but the room of a side other than the watcher's, or what its doer has read. */
function isHidden({ what, whom }: Deed): boolean {
  const ofThatRoom =
    (what >= 1 && what <= 6) ||
    what === 17 ||
    (what >= 19 && what <= 27) ||
    what === 30 ||
    (what >= 37 && what <= 39) ||
    (what >= 44 && what <= 51)
  return (ofThatRoom && whom % 3 !== 0) || what === 18 || what === 54 || (what >= 31 && what <= 34) || (what >= 40 && what <= 42)
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

const deeds = fc.array(fc.record({ who: fc.nat(3), what: fc.nat(54), whom: fc.nat(2) }), { minLength: 5, maxLength: 40 })

describe('[LOG-5] equal views give equal answers', () => {
  it('[LOG-5] [CRO-30] [WAI-30] [CAU-200] a side is answered and shown the same with and without what happens in the other rooms', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (plan) => {
        const [full, bare] = await Promise.all([play(plan, () => true), play(plan, (deed) => !(isHidden(deed) && deed.who !== 1))])
        expect(full.answers).toEqual(bare.answers)
        expect(full.seen).toEqual(bare.seen)
      }),
      { numRuns: 60 },
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
