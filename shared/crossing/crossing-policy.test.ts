import { describe, expect, it } from 'vitest'
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { factsOf, SMALL_CASE } from '#shared/cases/testing/opened.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId, type PermissionId, type SideId, type WordingId } from '#shared/kernel/ids.ts'
import type { Talk } from '#shared/messaging/messaging-policy.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { canAllow, canAnswerWording, canAskWording, canDeliver, canMark, canRemovePermission, canWithdraw } from './crossing-policy.ts'
import type { Permission, PermissionStage, Wording } from './crossing-state.ts'

/** A readable name as an id. */
const id = <Id extends CaseId | ParticipantId | SideId>(name: string) => asId<Id>(name.padEnd(22, '_'))
const [SIDE, OTHER] = [id<SideId>('a'), id<SideId>('b')]
const base = { kind: 'person', caseId: id<CaseId>('case') } as const
const PEOPLE = {
  owner: { ...base, id: id<ParticipantId>('owner'), role: 'party', sideId: SIDE },
  colleague: { ...base, id: id<ParticipantId>('colleague'), role: 'representative', sideId: SIDE },
  other: { ...base, id: id<ParticipantId>('other'), role: 'party', sideId: OTHER },
  mediator: { ...base, id: id<ParticipantId>('mediator'), role: 'mediator' },
} as const satisfies Record<string, Person>
const SOURCE = sideAudience(SIDE)
const membership = { since: 1, until: undefined, at: 0, wordsAfter: 0, late: false }
const inside = { ...roomFold.initial, members: Object.fromEntries(Object.values(PEOPLE).map(({ id }) => [id, membership])) }
const outside = roomFold.initial
const facts = factsOf({
  ...SMALL_CASE,
  mediator: { id: PEOPLE.mediator.id, name: 'Ерлан', language: 'kk' },
  sides: [SIDE, OTHER].map((id) => ({ id, kind: 'organisation', name: `Сторона ${id}` })),
  people: [PEOPLE.owner, PEOPLE.colleague, PEOPLE.other].map(({ id, role, sideId }) => ({ id, role, sideId, name: id, language: 'ru' })),
})
const IN_SESSION = { ...caseFold.initial, facts, phase: 'mediating', session: { since: 1 } } as const
const talk = (room: RoomState, state: CaseState = IN_SESSION): Talk => ({
  room,
  state,
  open: true,
  locked: false,
  interrupted: false,
  recordClosed: false,
})
const ROOMS: readonly Audience[] = [SOURCE, directAudience(PEOPLE.owner.id), 'all', 'case', 'mediators', `self:${PEOPLE.owner.id}`]
const isApart = (audience: Audience) => audience === SOURCE || audience === directAudience(PEOPLE.owner.id)
const STAGES: readonly PermissionStage[] = [{ stage: 'given' }, { stage: 'withdrawn', at: 1 }, { stage: 'delivered', at: 1 }]
const permission: Permission = {
  ...{
    permissionId: asId<PermissionId>('p'),
    owner: PEOPLE.owner.id,
    epoch: 1,
    seq: 3,
    at: 0,
    kind: 'words',
    text: 'Подождём',
    to: 'all',
    readers: [],
  },
  ...{ language: 'ru', sentence: '…', identityLevel: 'link-and-code', codes: [], state: { stage: 'given' } },
}
const wording: Wording = {
  ...{
    wordingId: asId<WordingId>('w'),
    of: PEOPLE.owner.id,
    by: PEOPLE.mediator.id,
    epoch: 1,
    seq: 2,
    at: 0,
    text: 'Подождём',
    isRight: undefined,
  },
}

/** Everybody, everywhere, always; in the room and not. */
function everyWay(check: (at: { who: keyof typeof PEOPLE; audience: Audience; phase: (typeof CASE_PHASES)[number] }) => void) {
  for (const who of Object.keys(PEOPLE) as (keyof typeof PEOPLE)[])
    for (const audience of ROOMS) for (const phase of CASE_PHASES) check({ who, audience, phase })
}
const ofRoom = (who: keyof typeof PEOPLE, audience: Audience) =>
  isApart(audience) && (who === 'owner' || (who === 'colleague' && audience === SOURCE))

describe('who may do what about words that cross', () => {
  it('[CRO-1] canMark: the author alone, apart, until the case is closed', () => {
    everyWay(({ who, audience, phase }) => {
      const may = ofRoom(who, audience) && who === 'owner' && phase !== 'closed'
      expect(canMark(PEOPLE[who], { audience, room: inside, phase }, PEOPLE.owner.id), `${who} ${audience} ${phase}`).toBe(may)
      expect(canMark(PEOPLE[who], { audience, room: outside, phase }, PEOPLE[who].id)).toBe(false)
    })
  })

  it('[CRO-3] canAllow: whoever of the side is in the room, apart, until the case is closed', () => {
    everyWay(({ who, audience, phase }) => {
      const may = ofRoom(who, audience) && phase !== 'closed'
      expect(canAllow(PEOPLE[who], { audience, room: inside, phase }), `${who} ${audience} ${phase}`).toBe(may)
      expect(canAllow(PEOPLE[who], { audience, room: outside, phase })).toBe(false)
    })
  })

  it('[CRO-5] canWithdraw: its owner alone, at any time, while it stands', () => {
    everyWay(({ who, audience }) => {
      for (const state of STAGES) {
        const may = ofRoom(who, audience) && who === 'owner' && state.stage === 'given'
        expect(canWithdraw(PEOPLE[who], { audience, room: inside }, { ...permission, state }), `${who} ${audience} ${state.stage}`).toBe(
          may,
        )
        expect(canWithdraw(PEOPLE[who], { audience, room: outside }, { ...permission, state })).toBe(false)
      }
    })
  })

  it('[CRO-10] [CRO-15] canDeliver: a mediator of both rooms, while it stands, its owner is there, and one can write in the target', () => {
    const at = { audience: SOURCE, room: inside, phase: 'mediating', permission, state: IN_SESSION, target: talk(inside) } as const
    everyWay(({ who, audience, phase }) => {
      const state = { ...IN_SESSION, phase, session: phase === 'mediating' ? { since: 1 } : undefined }
      const may = who === 'mediator' && isApart(audience) && (phase === 'mediating' || phase === 'performing')
      expect(canDeliver(PEOPLE[who], { ...at, audience, phase, state, target: talk(inside, state) }), `${who} ${audience} ${phase}`).toBe(
        may,
      )
    })
    for (const state of STAGES)
      expect(canDeliver(PEOPLE.mediator, { ...at, permission: { ...permission, state } })).toBe(state.stage === 'given')
    const people = facts.people.map((each) => (each.id === PEOPLE.owner.id ? { ...each, endedAt: 9 } : each))
    for (const fault of [
      { room: outside },
      { target: talk(outside) },
      { target: { ...talk(inside), recordClosed: true } },
      { target: undefined },
      { target: talk(inside, { ...IN_SESSION, session: undefined }) },
      { state: { ...IN_SESSION, facts: { ...facts, people } } },
    ])
      expect(canDeliver(PEOPLE.mediator, { ...at, ...fault })).toBe(false)
  })

  it('[CRO-31] canRemovePermission: its owner until it is delivered or the case closed, a mediator of the room at any time', () => {
    everyWay(({ who, audience, phase }) => {
      if (audience === 'all') return // no permission stands there
      for (const state of STAGES) {
        const own = ofRoom(who, audience) && who === 'owner' && state.stage !== 'delivered' && phase !== 'closed'
        const may = own || (who === 'mediator' && isApart(audience))
        const what = `${who} ${audience} ${phase} ${state.stage}`
        expect(canRemovePermission(PEOPLE[who], { audience, room: inside, phase }, { ...permission, state }), what).toBe(may)
        expect(canRemovePermission(PEOPLE[who], { audience, room: outside, phase }, { ...permission, state })).toBe(false)
      }
    })
  })

  it('[CRO-20] canAskWording and canAnswerWording: the mediator of somebody in the room; that person alone, once', () => {
    everyWay(({ who, audience, phase }) => {
      const open = isApart(audience) && phase !== 'closed'
      const at = { audience, room: inside, phase }
      expect(canAskWording(PEOPLE[who], at, PEOPLE.owner.id), `${who} ${audience} ${phase}`).toBe(open && who === 'mediator')
      expect(canAskWording(PEOPLE[who], at, PEOPLE[who].id)).toBe(false)
      expect(canAskWording(PEOPLE[who], { ...at, room: outside }, PEOPLE.owner.id)).toBe(false)
      expect(canAnswerWording(PEOPLE[who], at, wording)).toBe(ofRoom(who, audience) && open && who === 'owner')
      for (const isRight of [true, false]) expect(canAnswerWording(PEOPLE[who], at, { ...wording, isRight })).toBe(false)
    })
  })
})
