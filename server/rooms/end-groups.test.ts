// Rooms end by themselves: at their time, with their session, when a side leaves; also where a server was killed in between.
import { afterEach, describe, expect, it } from 'vitest'
import { act, idOf, newCommandId, openSession, serverOver, subscribed, supplyCase } from '#server/testing/case-world.ts'
import { setClock } from '#server/testing/clock.ts'
import { accepted, startSession } from '#server/testing/live-room.ts'
import { movingClock, openCase, type PlatformWorld, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { say } from '#server/testing/socket-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { agreementConfirm, mediationLeave, sessionEnd } from '#shared/cases/case-protocol.ts'
import { personAdd, personEnter } from '#shared/cases/people-protocol.ts'
import { roomAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { sliceOf } from '#shared/log/fold.ts'
import { groupEnded, groupOpen } from '#shared/rooms/group-protocol.ts'
import { personAdmit } from '#shared/rooms/room-protocol.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'
import { endGroups } from './end-groups.ts'

const roomId = asId<RoomId>('lawyers'.padEnd(22, '_'))
const room = roomAudience(roomId)
const noDue = { schedule: async () => undefined, cancel: async () => undefined }

let worlds: PlatformWorld[] = []
afterEach(async () => {
  for (const world of worlds) await world.close()
  worlds = []
})

describe('rooms that end by themselves', () => {
  it('[ROO-135] at their time, by a step that another server finds after a start, with nobody there', async () => {
    const storage = memoryStorage()
    const clock = movingClock()
    const first = await platformWorld({ storage, clock })
    worlds.push(first)
    const open = await openCase(first, await setUpOwner(first))
    const { mediator, people } = await startSession(first, open)
    const [guest] = people
    const at = clock.now() + 15 * 60_000
    accepted(await say(mediator.socket, groupOpen, { roomId, name: 'Юристы', people: [guest.me], end: { way: 'at', at } }))
    await guest.resume()
    accepted(await guest.post(room, 'Есть вопрос'))
    const caseId = asId<never>(open.mediator.caseId)
    await first.stop()
    clock.shift(16 * 60_000)
    const second = await platformWorld({ storage, clock, installation: first.installation })
    worlds.push(second)
    await second.platform.due.runDue()
    const ended = async () => (await second.platform.log.readWhole(caseId, room)).filter(({ type }) => type === groupEnded.name)
    await expect.poll(ended).toHaveLength(1)
    await second.platform.due.runDue()
    expect(await ended()).toHaveLength(1)
  })

  it('[ROO-135] with their session, also where the server died before it could say so', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const clock = setClock()
    // This server dies at the very moment: nobody hears of the commit.
    const dying = serverOver({ storage, clock })
    await openSession(dying, world)
    const [guest] = world.people
    await act(dying, world.mediator, groupOpen, { roomId, name: 'Юристы', people: [guest.id], end: { way: 'session' } })
    await act(dying, world.mediator, sessionEnd, {})
    const subscribers = subscribed()
    const log = serverOver({ storage, clock, subscribers, seed: 'next' })
    subscribers.add(endGroups({ log, due: noDue, clock, onTrouble: (cause) => console.error(cause) }).subscriber)
    await log.state(world.caseId)
    await expect.poll(async () => (await log.readWhole(world.caseId, room)).filter(({ type }) => type === groupEnded.name)).toHaveLength(1)
    await storage.close()
  })

  it('[ROO-136] a side that leaves leaves those rooms too that whoever left for it could not see', async () => {
    const storage = memoryStorage()
    const world = supplyCase()
    const { mediator, people, sides, caseId } = world
    const clock = setClock()
    const subscribers = subscribed()
    const log = serverOver({ storage, clock, subscribers })
    subscribers.add(endGroups({ log, due: noDue, clock, onTrouble: (cause) => console.error(cause) }).subscriber)
    await openSession(log, world)
    const lawyer = idOf<ParticipantId>('lawyer')
    await act(log, mediator, personAdd, { participantId: lawyer, sideId: sides[0], role: 'representative', name: 'Жанна', language: 'kk' })
    await log.step(caseId, personEnter, { participantId: lawyer }, newCommandId())
    const confirmation = { agreement: true, explanation: true, remoteForm: true } as const
    const asLawyer = { kind: 'person', caseId, id: lawyer, role: 'representative', sideId: sides[0] } as const
    await act(log, asLawyer, agreementConfirm, confirmation)
    await act(log, mediator, personAdmit, { participantId: lawyer, to: 'all' })
    await act(log, mediator, groupOpen, { roomId, name: 'Юристы', people: [lawyer], end: { way: 'open' } })
    await act(log, people[0], mediationLeave, {})
    const members = async () => {
      const folded = (await log.state(caseId)).audiences.get(room)
      return folded && membersOf(sliceOf(folded, roomFold))
    }
    await expect.poll(members).toEqual([mediator.id])
    await storage.close()
  })
})
