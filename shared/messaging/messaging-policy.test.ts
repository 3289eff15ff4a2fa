import { describe, expect, it } from 'vitest'
import type { Person, Role } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import type { RoomState } from '#shared/rooms/room-state.ts'
import { canPost, canRedact } from './messaging-policy.ts'

const id = asId<ParticipantId>('p')
const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id, role })
const membership = { since: 1, until: undefined, at: 0 }
const inside: RoomState = { members: { [id]: membership }, lastJoin: 1 }
const left: RoomState = { members: { [id]: { ...membership, until: 2 } }, lastJoin: 1 }
const outside: RoomState = { members: {}, lastJoin: 0 }

describe('[MSG-2] canPost', () => {
  const rooms: readonly [Audience, readonly string[]][] = [
    ['all', ['in-session']],
    [`side:${asId<SideId>('s')}`, ['preparing', 'in-session', 'between-sessions']],
    [`direct:${id}`, ['preparing', 'in-session', 'between-sessions']],
    ['case', []],
    ['mediators', []],
    [`self:${id}`, []],
    [`signers:${asId<VersionId>('v')}`, []],
  ]
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const [audience, phases] of rooms) {
      for (const phase of ['preparing', 'in-session', 'between-sessions', 'ended'] as const) {
        it(`[MSG-2] ${role} in ${audience.split(':')[0]}, ${phase} → ${phases.includes(phase)}`, () => {
          expect(canPost(person(role), audience, inside, phase)).toBe(phases.includes(phase))
          expect(canPost(person(role), audience, outside, phase)).toBe(false)
          expect(canPost(person(role), audience, left, phase)).toBe(false)
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
    ['case', false],
    ['mediators', false],
    [`self:${id}`, false],
    [`signers:${asId<VersionId>('v')}`, false],
  ]
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const [audience, isConversation] of rooms) {
      for (const phase of ['preparing', 'in-session', 'between-sessions', 'ended'] as const) {
        for (const author of [id, other]) {
          const may = isConversation && (role === 'mediator' || (author === id && phase !== 'ended'))
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
