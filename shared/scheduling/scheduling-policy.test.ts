import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { type Person, ROLES, type Role } from '#shared/kernel/actor.ts'
import { asId } from '#shared/kernel/ids.ts'
import { canAnswerDates, canSetDate } from './scheduling-policy.ts'

/** Who only looks on or helps is asked nothing before the talks. */
const SILENT: readonly Role[] = ['companion', 'trainee', 'observer']

describe('[PRE-10] who sets a date and who answers', () => {
  for (const role of ROLES) {
    for (const phase of CASE_PHASES) {
      const actor: Person = { kind: 'person', caseId: asId('c'), id: asId('p'), role }
      const isOpen = phase === 'preparing' || phase === 'mediating'
      const [sets, answers] = [isOpen && role === 'mediator', isOpen && role !== 'mediator' && !SILENT.includes(role)]
      it(`[PRE-10] ${role}, ${phase}: sets ${sets}, answers ${answers}`, () => {
        expect([canSetDate(actor, phase), canAnswerDates(actor, phase)]).toEqual([sets, answers])
      })
    }
  }
})
