// Whoever reads a message was a reader of its room when its author sent it, whatever happens around it.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { act, newCommandId, openSession, serverOver, supplyCase } from '#server/testing/case-world.ts'
import { type SetClock, setClock } from '#server/testing/clock.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import { type Audience, audienceKind, roomAudience, sideAudience } from '#shared/kernel/audience.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { messagePost } from '#shared/messaging/messaging-protocol.ts'
import { groupEnd, groupEnter, groupInvite, groupLeave, groupOpen, groupRelease } from '#shared/rooms/group-protocol.ts'
import { roomLock, roomUnlock } from '#shared/rooms/lock-protocol.ts'
import { readersOf } from '#shared/rooms/room-state.ts'

const roomOf = (nth: number) => asId<RoomId>(`room-${nth}`.padEnd(22, '_'))

const step = fc.record({ what: fc.nat(10), who: fc.nat(3), whom: fc.nat(2), room: fc.nat(1), place: fc.nat(3) })

/** Whoever is let in later, by an event that everybody in the room has, gets its record (ROO-6), but in a room for some. */
interface Sent {
  readonly audience: Audience
  readonly seq: number
  readonly readers: readonly ParticipantId[]
}

describe('[ROO-150] who reads what was said', () => {
  it('[ROO-150] a message reaches nobody who was not a reader of its room when its author sent it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (plan) => {
        const { sent, readBy, joins } = await play(plan)
        for (const [text, { audience, readers, seq }] of sent) {
          const later =
            audienceKind(audience) === 'room'
              ? []
              : joins.filter((join) => join.audience === audience && join.seq > seq).map(({ person }) => person)
          for (const [person, texts] of readBy)
            if (texts.has(text)) expect([...readers, ...later], `${text} in ${audience} read by ${person}`).toContain(person)
        }
      }),
      { numRuns: 60, seed: 150 },
    )
  })
})

async function play(plan: readonly (typeof step extends fc.Arbitrary<infer Step> ? Step : never)[]) {
  const storage = memoryStorage()
  const clock: SetClock = setClock()
  const log = serverOver({ storage, clock })
  const world = supplyCase(3)
  const { caseId, mediator, people, sides } = world
  await openSession(log, world)
  const everybody = [mediator, ...people]
  const sent = new Map<string, Sent>()

  for (const [nth, { what, who, whom, room, place }] of plan.entries()) {
    const actor = everybody[who] ?? mediator
    const participantId = people[whom]?.id ?? mediator.id
    const roomId = roomOf(room)
    const audience: Audience =
      ([roomAudience(roomId), 'all', sideAudience(sides[whom] ?? sides[0]), `direct:${participantId}`] as const)[place] ?? 'all'
    clock.pass(1_000)
    const deeds: readonly (() => Promise<unknown>)[] = [
      () => act(log, mediator, groupOpen, { roomId, name: 'А', people: [participantId], end: { way: 'at', at: clock.now() + 15_000 } }),
      () => act(log, mediator, groupInvite, { roomId, people: [participantId] }),
      () => act(log, mediator, groupRelease, { roomId, participantId }),
      () => act(log, actor, groupEnter, { roomId }),
      () => act(log, actor, groupLeave, { roomId }),
      () => act(log, mediator, groupEnd, { roomId }),
      () => act(log, mediator, nth % 2 ? roomLock : roomUnlock, { audience: 'all', what: 'messages' }),
      () => act(log, mediator, nth % 2 ? sessionEnd : sessionStart, {}),
      say,
      say,
      say,
    ]
    async function say() {
      const head = (await log.state(caseId)).audiences.get(audience)
      const readers = head
        ? [...readersOf(head, clock.now())].flatMap(([person, until]) => (until === Number.POSITIVE_INFINITY ? [person] : []))
        : []
      const id = newCommandId()
      const seen = { audience, epoch: head?.epoch ?? 0, seq: head?.seq ?? 0, hash: head?.hash ?? '' }
      const [at] = await act(log, actor, messagePost, { audience, id, text: `m${nth}` }, { id, seen })
      sent.set(`m${nth}`, { audience, seq: at?.seq ?? 0, readers })
    }
    await deeds[what]?.().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error
    })
  }
  const readBy = new Map<ParticipantId, ReadonlySet<string>>()
  for (const { id } of everybody) {
    const texts = new Set<string>()
    for (const audience of (await log.state(caseId)).audiences.keys())
      for (const event of await log.readAs(caseId, id, audience, 0, 1_000))
        if (event.type === 'message:posted') texts.add(JSON.parse(event.body ?? '{}').text)
    readBy.set(id, texts)
  }
  const joins = []
  for (const audience of (await log.state(caseId)).audiences.keys())
    for (const { type, seq, body } of await log.readWhole(caseId, audience))
      if (type === 'room:joined') joins.push({ audience, seq, person: JSON.parse(body ?? '{}').participantId as ParticipantId }) // its body
  await storage.close()
  return { sent, readBy, joins }
}
