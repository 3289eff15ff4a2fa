import { describe, expect, it } from 'vitest'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person, Role } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
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
const membership = { since: 1, until: undefined, at: 0 }
const inside: RoomState = { ...roomFold.initial, members: { [id]: membership }, lastJoin: 1 }
const left: RoomState = { ...roomFold.initial, members: { [id]: { ...membership, until: 2 } }, lastJoin: 1 }

describe('canPostFile', () => {
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
          expect(canPostFile(person(role), audience, inside, at as never)).toBe(moments.includes(moment)) // as much of a session as is asked
          expect(canPostFile(person(role), audience, roomFold.initial, at as never)).toBe(false)
          expect(canPostFile(person(role), audience, left, at as never)).toBe(false)
        })
      }
    }
  }

  it('[FIL-1] not in the room of another side, whoever let them in', () => {
    const stranger = person('party', asId<SideId>('other'))
    expect(canPostFile(stranger, `side:${side}`, inside, { phase: 'mediating', session: undefined })).toBe(false)
  })
})
