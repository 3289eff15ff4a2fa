import { describe, expect, it } from 'vitest'
import { AIGUL, BEREKE, DALA, MARIA, MED, PAVEL, smallCase } from '#client/app/testing/small-case.ts'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { roomLeft } from '#shared/rooms/room-protocol.ts'
import { roomsOf } from './rooms-of.ts'
import { arrivalsOf } from './waiting-people.ts'

function look(snapshot: CaseSnapshot, me: ParticipantId) {
  const view = viewOf(snapshot.audiences)
  const state = view.state(caseFold, 'case') ?? caseFold.initial
  const hasWords = (audience: Audience) => (view.state(messagingFold, audience)?.messages.size ?? 0) > 0
  return { view, state, rooms: roomsOf(view, state, me, hasWords) }
}
const names = (snapshot: CaseSnapshot, me: ParticipantId) => look(snapshot, me).rooms.map(({ audience }) => audience)

describe('the rooms of a person', () => {
  it('[LIV-19] a waiting person has the line to the mediator, an admitted one all and their side', () => {
    const world = smallCase().enter(PAVEL).confirm(PAVEL)
    expect(names(world.seenBy(PAVEL), PAVEL)).toEqual([directAudience(PAVEL)])
    world.join(PAVEL, sideAudience(DALA), 'all')
    expect(names(world.seenBy(PAVEL), PAVEL)).toEqual(['all', sideAudience(DALA)])
  })

  it('[LIV-19] what was written from the waiting room stays within reach of those two alone', () => {
    const world = smallCase().enter(PAVEL).enter(MARIA)
    world.say(PAVEL, directAudience(PAVEL), 'late').join(PAVEL, sideAudience(DALA), 'all').join(MARIA, sideAudience(DALA))
    expect(names(world.seenBy(PAVEL), PAVEL)).toContain(directAudience(PAVEL))
    expect(names(world.seenBy(MARIA), MARIA)).not.toContain(directAudience(PAVEL))
    expect(names(world.seenBy(MED), MED)).toEqual(['all', sideAudience(BEREKE), sideAudience(DALA), directAudience(PAVEL)])
  })

  it('[LIV-19] a room names its readers in the order of the case, and no other side’s room is known', () => {
    const world = smallCase().enter(MARIA).join(MARIA, sideAudience(DALA)).enter(PAVEL).join(PAVEL, sideAudience(DALA), 'all')
    const { rooms } = look(world.seenBy(PAVEL), PAVEL)
    expect(rooms.map(({ audience, readers }) => [audience, readers.map(({ id }) => id)])).toEqual([
      ['all', [MED, PAVEL]],
      [sideAudience(DALA), [MED, PAVEL, MARIA]],
    ])
  })

  it('[LIV-19] the queue at the door: who came, who confirmed, who is in their own room, who has not come, and nobody who left', () => {
    const world = smallCase().enter(AIGUL).enter(PAVEL).confirm(PAVEL).join(PAVEL, sideAudience(DALA))
    const { view, state } = look(world.seenBy(MED), MED)
    const { waiting, absent } = arrivalsOf(view, state)
    expect(waiting.map(({ person: { id }, confirmed, inside }) => [id, confirmed, inside])).toEqual([
      [AIGUL, false, false],
      [PAVEL, true, true],
    ])
    expect(absent.map(({ id }) => id)).toEqual([MARIA])
    world.happen(roomLeft, 'case', { participantId: AIGUL })
    const after = look(world.seenBy(MED), MED)
    expect(arrivalsOf(after.view, after.state).waiting.map(({ person: { id } }) => id)).toEqual([PAVEL])
  })
})
