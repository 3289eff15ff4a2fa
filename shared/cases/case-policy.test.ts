import { describe, expect, it } from 'vitest'
import { type Person, ROLES, type Role } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import {
  canChangePeople,
  canCloseCase,
  canConfirmAgreement,
  canCorrectNumber,
  canCorrectTitle,
  canEndMediation,
  canEndSession,
  canLeaveMediation,
  canResume,
  canStartSession,
  canSuspend,
} from './case-policy.ts'
import { type CaseState, caseFold } from './case-state.ts'
import { CASE_PHASES, type CasePhase } from './phases.ts'

/** A phase, and whether a session runs in it. */
const MOMENTS = [...CASE_PHASES, 'mediating, in session'] as const
type Moment = (typeof MOMENTS)[number]
/** A role that is not named never may. */
type Allowed = Partial<Record<Role, readonly Moment[]>>
const untilOver: readonly Moment[] = ['preparing', 'mediating', 'mediating, in session']

function person(role: Role): Person {
  const base = { kind: 'person', caseId: asId<CaseId>('c'), id: asId<ParticipantId>('p'), role } as const
  const isApart = ['mediator', 'interpreter', 'expert', 'trainee', 'observer'].includes(role)
  return isApart ? base : { ...base, sideId: asId<SideId>('s') }
}

function at(moment: Moment, more: Partial<CaseState> = {}): CaseState {
  const phase: CasePhase = moment === 'mediating, in session' ? 'mediating' : moment
  return { ...caseFold.initial, phase, session: moment === phase ? undefined : { since: 1 }, ...more }
}

describe('[CAS-7] what a person may do with a case', () => {
  const table: readonly [string, (actor: Person, state: CaseState) => boolean, Allowed][] = [
    ['canConfirmAgreement', canConfirmAgreement, everyone(untilOver)],
    ['canStartSession', canStartSession, mediator(['preparing', 'mediating'])],
    ['canEndSession', canEndSession, mediator(['mediating, in session'])],
    ['canSuspend', canSuspend, mediator(untilOver)],
    ['canResume', canResume, mediator([])],
    ['canEndMediation', canEndMediation, mediator(untilOver)],
    ['canCloseCase', canCloseCase, mediator(['performing'])],
    ['canChangePeople', canChangePeople, mediator([...untilOver, 'performing'])],
    ['canCorrectTitle', canCorrectTitle, mediator([...untilOver, 'performing'])],
    ['canCorrectNumber', canCorrectNumber, mediator(untilOver)],
    ['canLeaveMediation', canLeaveMediation, { party: untilOver, representative: untilOver }],
  ]
  for (const [name, policy, allowed] of table) {
    for (const role of ROLES) {
      for (const moment of MOMENTS) {
        it(`[CAS-7] ${name}: ${role}, ${moment} → ${(allowed[role] ?? []).includes(moment)}`, () => {
          expect(policy(person(role), at(moment))).toBe((allowed[role] ?? []).includes(moment))
        })
      }
    }
  }

  it('[CAS-3] nobody confirms twice', () => {
    expect(canConfirmAgreement(person('party'), at('preparing', { confirmedAt: { [person('party').id]: 1 } }))).toBe(false)
  })

  it('[CAS-260] a suspended mediation is resumed, never suspended twice, and no session begins in it', () => {
    const suspended = { suspended: { reason: 'agreed', until: undefined, at: 1 } } as const
    for (const moment of ['preparing', 'mediating'] as const) {
      expect(canResume(person('mediator'), at(moment, suspended))).toBe(true)
      expect(canResume(person('party'), at(moment, suspended))).toBe(false)
      expect(canSuspend(person('mediator'), at(moment, suspended))).toBe(false)
      expect(canStartSession(person('mediator'), at(moment, suspended))).toBe(false)
      expect(canLeaveMediation(person('party'), at(moment, suspended))).toBe(true)
      expect(canEndMediation(person('mediator'), at(moment, suspended))).toBe(true)
    }
  })

  it('[CAS-5] a side leaves once', () => {
    expect(canLeaveMediation(person('party'), at('mediating, in session', { leftAt: { [asId<never>('s')]: 1 } }))).toBe(false)
  })
})

function everyone(moments: readonly Moment[]): Allowed {
  return Object.fromEntries(ROLES.map((role) => [role, moments]))
}
function mediator(moments: readonly Moment[]): Allowed {
  return { mediator: moments }
}
