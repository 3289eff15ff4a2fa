import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { type Person, ROLES, type Role } from '#shared/kernel/actor.ts'
import { asId } from '#shared/kernel/ids.ts'
import { canAnswerSafety, canShowStatements, canWriteStatement } from './preparation-policy.ts'

/** Who only looks on or helps is asked nothing before the talks. */
const SILENT: readonly Role[] = ['companion', 'trainee', 'observer']

describe('[PRE-20] who writes, answers and shows', () => {
  for (const role of ROLES) {
    for (const phase of CASE_PHASES) {
      for (const session of [undefined, { since: 1 }]) {
        const actor: Person = { kind: 'person', caseId: asId('c'), id: asId('p'), role }
        const writes = (phase === 'preparing' || phase === 'mediating') && role !== 'mediator' && !SILENT.includes(role)
        const shows = phase === 'mediating' && session !== undefined && role === 'mediator'
        it(`[PRE-20] ${role}, ${phase}, session ${!!session}: writes ${writes}, shows ${shows}`, () => {
          expect([canWriteStatement(actor, phase), canAnswerSafety(actor, phase)]).toEqual([writes, writes])
          expect(canShowStatements(actor, { phase, session })).toBe(shows)
        })
      }
    }
  }
})
