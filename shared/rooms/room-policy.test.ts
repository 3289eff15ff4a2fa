import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { type Person, ROLES, type Role } from '#shared/kernel/actor.ts'
import { asId } from '#shared/kernel/ids.ts'
import { canAdmit, canSetProcedure } from './room-policy.ts'

const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id: asId('p'), role })

describe('[ROO-3] who lets people in', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of CASE_PHASES) {
      for (const session of [undefined, { since: 1 }]) {
        for (const arrived of [true, false]) {
          for (const confirmed of [true, false]) {
            const may = role === 'mediator' && phase === 'mediating' && session !== undefined && arrived && confirmed
            it(`[ROO-2] canAdmit: ${role}, ${phase}, session ${!!session}, arrived ${arrived}, confirmed ${confirmed} → ${may}`, () => {
              expect(canAdmit(person(role), { phase, session, arrived, confirmed })).toBe(may)
            })
          }
        }
      }
    }
  }
})

describe('[PRE-40] who sets how the talks are held', () => {
  for (const role of ROLES) {
    for (const phase of CASE_PHASES) {
      const may = role === 'mediator' && (phase === 'preparing' || phase === 'mediating')
      it(`[PRE-40] canSetProcedure: ${role}, ${phase} → ${may}`, () => {
        expect(canSetProcedure(person(role), phase)).toBe(may)
      })
    }
  }
})
