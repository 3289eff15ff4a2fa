import { describe, expect, it } from 'vitest'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { canConfirmAgreement, canEndMediation, canEndSession, canLeaveMediation, canStartSession } from './case-policy.ts'
import { type CasePhase, type CaseState, caseFold } from './case-state.ts'

const PHASES: readonly CasePhase[] = ['preparing', 'in-session', 'between-sessions', 'ended']
const open: readonly CasePhase[] = ['preparing', 'in-session', 'between-sessions']
const ROLES: readonly Role[] = ['mediator', 'party', 'representative']

function person(role: Role): Person {
  const base = { kind: 'person', caseId: asId<CaseId>('c'), id: asId<ParticipantId>('p'), role } as const
  return role === 'mediator' ? base : { ...base, sideId: asId<SideId>('s') }
}

function inPhase(phase: CasePhase, more: Partial<CaseState> = {}): CaseState {
  return { ...caseFold.initial, phase, ...more }
}

describe('[CAS-7] what a person may do with a case', () => {
  const table: readonly [string, (actor: Person, state: CaseState) => boolean, Record<Role, readonly CasePhase[]>][] = [
    ['canConfirmAgreement', canConfirmAgreement, everyone(['preparing', 'in-session', 'between-sessions'])],
    ['canStartSession', canStartSession, mediator(['preparing', 'between-sessions'])],
    ['canEndSession', canEndSession, mediator(['in-session'])],
    ['canEndMediation', canEndMediation, mediator(['preparing', 'in-session', 'between-sessions'])],
    ['canLeaveMediation', canLeaveMediation, { mediator: [], party: open, representative: open }],
  ]
  for (const [name, policy, allowed] of table) {
    for (const role of ROLES) {
      for (const phase of PHASES) {
        it(`[CAS-7] ${name}: ${role}, ${phase} → ${allowed[role].includes(phase)}`, () => {
          expect(policy(person(role), inPhase(phase))).toBe(allowed[role].includes(phase))
        })
      }
    }
  }

  it('[CAS-3] nobody confirms twice', () => {
    expect(canConfirmAgreement(person('party'), inPhase('preparing', { confirmedAt: { [person('party').id]: 1 } }))).toBe(false)
  })

  it('[CAS-5] a side leaves once', () => {
    expect(canLeaveMediation(person('party'), inPhase('in-session', { leftAt: { [asId<never>('s')]: 1 } }))).toBe(false)
  })
})

function everyone(phases: readonly CasePhase[]): Record<Role, readonly CasePhase[]> {
  return { mediator: phases, party: phases, representative: phases }
}
function mediator(phases: readonly CasePhase[]): Record<Role, readonly CasePhase[]> {
  return { mediator: phases, party: [], representative: [] }
}
