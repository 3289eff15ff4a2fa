import { describe, expect, it } from 'vitest'
import { caseFold } from '#shared/cases/case-state.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { type View, viewOf } from '#shared/log/decide.ts'
import { type AudienceState, emptyAudience } from '#shared/log/fold.ts'
import { locksFold } from '#shared/rooms/lock-state.ts'
import { type RoomState, roomFold } from '#shared/rooms/room-state.ts'
import { canPostFile } from './files-policy.ts'

const id = asId<ParticipantId>('p')
const side = asId<SideId>('s')
const MOMENTS: Readonly<Record<string, { readonly phase: CasePhase; readonly session: { readonly since: number } | undefined }>> = {
  preparing: { phase: 'preparing', session: undefined },
  mediating: { phase: 'mediating', session: undefined },
  'in session': { phase: 'mediating', session: { since: 1 } },
  performing: { phase: 'performing', session: undefined },
  closed: { phase: 'closed', session: undefined },
}
const person = (role: Role, sideId = side): Person => ({
  kind: 'person',
  caseId: asId('c'),
  id,
  role,
  ...(role === 'mediator' ? {} : { sideId }),
})
const membership = { since: 1, until: undefined, at: 0, wordsAfter: 0, late: false }
const inside: RoomState = { ...roomFold.initial, members: { [id]: membership }, lastJoin: 1 }
const left: RoomState = { ...roomFold.initial, members: { [id]: { ...membership, until: 2 } }, lastJoin: 1 }

/** What a person sees of a case at this moment, and of the room in question. */
function viewIn(audience: Audience, room: RoomState, at: object = {}, locks: object = {}): View {
  const states = new Map<Audience, AudienceState>()
  const put = (where: Audience, name: string, state: unknown) => {
    const before = states.get(where) ?? emptyAudience(where)
    states.set(where, { ...before, seq: 1, slices: { ...before.slices, [name]: state } })
  }
  put('case', caseFold.name, { ...caseFold.initial, ...at })
  put(audience, roomFold.name, room)
  put(audience, locksFold.name, locks)
  return viewOf(states)
}

describe('canPostFile', () => {
  it('[FIL-1] where files are locked, the mediator alone', () => {
    const locked = { files: { at: 1, followed: false } }
    const audience = `side:${side}` as const
    const may = (role: Role) => canPostFile(person(role), audience, viewIn(audience, inside, MOMENTS.mediating, locked))
    expect([may('mediator'), may('party'), may('representative')]).toEqual([true, false, false])
  })

  const rooms: readonly [Audience, readonly string[]][] = [
    ['all', ['in session', 'performing']],
    [`side:${side}`, ['preparing', 'mediating', 'in session', 'performing']],
    [`direct:${id}`, ['preparing', 'mediating', 'in session', 'performing']],
    ['case', []],
    ['mediators', []],
    [`self:${id}`, []],
    [`signers:${asId<VersionId>('v')}`, []],
  ]
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const [audience, moments] of rooms) {
      for (const [moment, at] of Object.entries(MOMENTS)) {
        it(`[FIL-1] ${role} in ${audience.split(':')[0]}, ${moment} → ${moments.includes(moment)}`, () => {
          expect(canPostFile(person(role), audience, viewIn(audience, inside, at))).toBe(moments.includes(moment))
          expect(canPostFile(person(role), audience, viewIn(audience, roomFold.initial, at))).toBe(false)
          expect(canPostFile(person(role), audience, viewIn(audience, left, at))).toBe(false)
        })
      }
    }
  }

  it('[FIL-1] not in the room of another side, whoever let them in', () => {
    const stranger = person('party', asId<SideId>('other'))
    expect(canPostFile(stranger, `side:${side}`, viewIn(`side:${side}`, inside, MOMENTS.mediating))).toBe(false)
  })
})
