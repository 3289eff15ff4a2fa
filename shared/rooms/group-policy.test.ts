import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { roomAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { canChangeGroup, canEnterGroup, canLeaveGroup, canOpenGroup, isGroupOpen } from './group-policy.ts'
import type { GroupEnd } from './group-protocol.ts'
import type { Group } from './group-state.ts'

const id = asId<ParticipantId>('p')
const audience = roomAudience(asId<RoomId>('g'))
const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id, role })
const group = (end: GroupEnd, more: Partial<Group> = {}): Group => ({
  name: 'Юристы',
  purpose: undefined,
  end,
  openedAt: 10,
  endedAt: undefined,
  entered: {},
  ...more,
})

describe('a room for some of the people', () => {
  it.each<[string, Group, number | undefined, number, boolean]>([
    ['open', group({ way: 'open' }), undefined, 1e15, true],
    ['open, ended', group({ way: 'open' }, { endedAt: 11 }), 5, 12, false],
    ['until a time to come', group({ way: 'at', at: 20 }), undefined, 19, true],
    ['until a time that has come', group({ way: 'at', at: 20 }), 5, 20, false],
    ['with the session it was opened in', group({ way: 'session' }), 5, 12, true],
    ['with a session that is over', group({ way: 'session' }), undefined, 12, false],
    ['with a session, and another runs', group({ way: 'session' }), 11, 12, false],
  ])('[ROO-135] %s', (_name, given, since, now, open) => {
    expect(isGroupOpen(given, { session: since === undefined ? undefined : { since } }, now)).toBe(open)
  })

  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of CASE_PHASES) {
      it(`[ROO-130] [ROO-132] [ROO-134] what a ${role} may do about it, ${phase}`, () => {
        const state = { ...caseFold.initial, phase }
        const suspended = { ...state, suspended: { reason: 'agreed', until: undefined, at: 1 } } as const
        const guides = role === 'mediator' && phase !== 'closed'
        const standing = group({ way: 'open' })
        const over = group({ way: 'open' }, { endedAt: 11 })
        const inside = group({ way: 'open' }, { entered: { [id]: 11 } })
        expect(canOpenGroup(person(role), audience, state)).toBe(guides)
        expect(canOpenGroup(person(role), audience, suspended)).toBe(false)
        expect(canOpenGroup(person(role), 'all', state)).toBe(false)
        expect(canChangeGroup(person(role), audience, standing, state)).toBe(guides)
        expect(canChangeGroup(person(role), audience, over, state)).toBe(false)
        expect(canEnterGroup(person(role), audience, standing, state)).toBe(role !== 'mediator' && phase !== 'closed')
        expect(canEnterGroup(person(role), audience, inside, state)).toBe(false)
        expect(canEnterGroup(person(role), audience, over, state)).toBe(false)
        expect(canLeaveGroup(person(role), audience)).toBe(role !== 'mediator')
      })
    }
  }
})
