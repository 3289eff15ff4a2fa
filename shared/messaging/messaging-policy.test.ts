import { describe, expect, it } from 'vitest'
import type { CasePhase } from '#shared/cases/phases.ts'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { canCloseRecord, canPost, canRedact, type Talk } from './messaging-policy.ts'

const id = asId<ParticipantId>('p')
const side = asId<SideId>('s')
const MOMENTS = {
  preparing: {},
  mediating: {},
  'in session': { phase: 'mediating', session: { since: 1 } },
  performing: {},
  closed: {},
} as const
const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id, role, ...(role === 'mediator' ? {} : { sideId: side }) })
const membership = { since: 1, until: undefined, at: 0, wordsAfter: 0, late: false }
const inside: RoomState = { ...roomFold.initial, members: { [id]: membership }, lastJoin: 1 }
const left: RoomState = { ...roomFold.initial, members: { [id]: { ...membership, until: 2 } }, lastJoin: 1 }
const outside: RoomState = roomFold.initial
const talk = (room: RoomState, state: Pick<Talk['state'], 'phase' | 'session'>, more: Partial<Talk> = {}): Talk => ({
  room,
  state: { ...state, suspended: undefined },
  open: true,
  locked: false,
  interrupted: false,
  recordClosed: false,
  ...more,
})

describe('[MSG-2] canPost', () => {
  const rooms: readonly [Audience, readonly string[]][] = [
    ['all', ['in session', 'performing']],
    [`side:${side}`, ['preparing', 'mediating', 'in session', 'performing']],
    [`direct:${id}`, ['preparing', 'mediating', 'in session', 'performing']],
    [`room:${asId<RoomId>('g')}`, ['preparing', 'mediating', 'in session', 'performing']],
    ['case', []],
    ['mediators', []],
    [`self:${id}`, []],
    [`signers:${asId<VersionId>('v')}`, []],
  ]
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const [audience, phases] of rooms) {
      for (const [moment, state] of Object.entries(MOMENTS)) {
        const at = { phase: moment as CasePhase, session: undefined, ...state } // each moment but one is named after its phase
        it(`[MSG-2] ${role} in ${audience.split(':')[0]}, ${moment} → ${phases.includes(moment)}`, () => {
          expect(canPost(person(role), audience, talk(inside, at))).toBe(phases.includes(moment))
          expect(canPost(person(role), audience, talk(outside, at))).toBe(false)
          expect(canPost(person(role), audience, talk(left, at))).toBe(false)
          // What a lock or the mediator's line keeps from whom, and where it cannot.
          const kept = { locked: true, interrupted: true }
          expect(canPost(person(role), audience, talk(inside, at, kept))).toBe(role === 'mediator' && phases.includes(moment))
          const isGroup = audience.startsWith('room')
          expect(canPost(person(role), audience, talk(inside, at, { open: false }))).toBe(!isGroup && phases.includes(moment))
        })
      }
    }
  }
})

describe('[MSG-8] canRedact', () => {
  const other = asId<ParticipantId>('other')
  const rooms: readonly (readonly [Audience, boolean])[] = [
    ['all', true],
    [`side:${asId<SideId>('s')}`, true],
    [`direct:${id}`, true],
    [`room:${asId<RoomId>('g')}`, true],
    ['case', false],
    ['mediators', false],
    [`self:${id}`, false],
    [`signers:${asId<VersionId>('v')}`, false],
  ]
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const [audience, isConversation] of rooms) {
      for (const phase of CASE_PHASES) {
        for (const author of [id, other]) {
          const may = isConversation && (role === 'mediator' || (author === id && phase !== 'closed'))
          it(`[MSG-8] ${role} of ${author === id ? 'their own' : 'another’s'} in ${audience.split(':')[0]}, ${phase} → ${may}`, () => {
            expect(canRedact(person(role), { audience, room: inside, phase, author })).toBe(may)
            expect(canRedact(person(role), { audience, room: outside, phase, author })).toBe(false)
            expect(canRedact(person(role), { audience, room: left, phase, author })).toBe(false)
          })
        }
      }
    }
  }
})

it('[REC-6] the record is closed by a mediator once the mediation is over, and once', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of CASE_PHASES) {
      const may = role === 'mediator' && (phase === 'performing' || phase === 'closed')
      expect([role, phase, canCloseRecord(person(role), { phase }, { closed: undefined })]).toEqual([role, phase, may])
      expect(canCloseRecord(person(role), { phase }, { closed: { at: 1, by: id } })).toBe(false)
    }
  }
})

it('[REC-6] once it is closed nobody writes to all, neither in a session nor while what was agreed is performed; in other rooms they do', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const at of [MOMENTS['in session'], { phase: 'performing', session: undefined }] as const) {
      expect(canPost(person(role), 'all', talk(inside, at))).toBe(true)
      expect(canPost(person(role), 'all', talk(inside, at, { recordClosed: true }))).toBe(false)
      expect(canPost(person(role), `side:${side}`, talk(inside, at, { recordClosed: true }))).toBe(true)
    }
  }
})
