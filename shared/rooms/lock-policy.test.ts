import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { viewOf } from '#shared/log/decide.ts'
import { canLock, isLocked, isLockedFor, mayLockAtAll } from './lock-policy.ts'
import { LOCK_KINDS, type LockKind } from './lock-protocol.ts'
import { locksFold } from './lock-state.ts'

const id = asId<ParticipantId>('p')
const side = asId<SideId>('s')
const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id, role, ...(role === 'mediator' ? {} : { sideId: side }) })

const lockable: readonly (readonly [Audience, readonly LockKind[]])[] = [
  ['all', ['messages', 'files', 'draft', 'calls']],
  [`room:${asId<RoomId>('g')}`, ['messages', 'files', 'calls']],
  // The way of a side, and of a person, to the mediator: their words are never locked (art. 5).
  [`side:${side}`, ['files', 'calls']],
  [`direct:${id}`, []],
  [`self:${id}`, []],
  ['case', []],
  ['mediators', []],
  [`signers:${asId<VersionId>('v')}`, []],
]

describe('[ROO-140] what can be locked, where and by whom', () => {
  for (const [audience, kinds] of lockable) {
    for (const what of LOCK_KINDS) {
      for (const role of ['mediator', 'party', 'representative'] as const) {
        const may = role === 'mediator' && kinds.includes(what)
        it(`[ROO-140] [ROO-142] ${what} in ${audience.split(':')[0]} by a ${role} → ${may}`, () => {
          expect(mayLockAtAll(person(role), audience, what)).toBe(may)
          for (const phase of CASE_PHASES) expect(canLock(person(role), audience, what, phase)).toBe(may && phase !== 'closed')
        })
      }
    }
  }

  it('[ROO-140] a lock holds for everybody but the mediators, in the room that it stands in', () => {
    const locked = {
      audience: 'all',
      epoch: 1,
      seq: 1,
      hash: '',
      slices: { [locksFold.name]: { files: { at: 1, followed: false } } },
    } as const
    const view = viewOf(new Map([['all' as Audience, locked]]))
    expect(isLocked(view, 'all', 'files')).toBe(true)
    expect(isLocked(view, 'all', 'messages')).toBe(false)
    expect(isLocked(view, `side:${side}`, 'files')).toBe(false)
    expect(isLockedFor(person('party'), view, 'all', 'files')).toBe(true)
    expect(isLockedFor(person('mediator'), view, 'all', 'files')).toBe(false)
  })
})
