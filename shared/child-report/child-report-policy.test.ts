import { expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId } from '#shared/kernel/ids.ts'
import { canReportChild } from './child-report-policy.ts'

it('[CHI-1] canReportChild: a mediator, in every phase, and nobody else', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of CASE_PHASES) {
      const actor: Person = {
        kind: 'person',
        caseId: asId('c'),
        id: asId('p'),
        role,
        ...(role === 'mediator' ? {} : { sideId: asId('s') }),
      }
      expect([role, phase, canReportChild(actor, phase)]).toEqual([role, phase, role === 'mediator'])
    }
  }
})
