import { describe, expect, it } from 'vitest'
import type { Person, Role } from '#shared/kernel/actor.ts'
import { asId } from '#shared/kernel/ids.ts'
import { canAdmit, canRemovePerson } from './room-policy.ts'

const person = (role: Role): Person => ({ kind: 'person', caseId: asId('c'), id: asId('p'), role })
const PHASES = ['preparing', 'in-session', 'between-sessions', 'ended'] as const

describe('[ROO-3] who lets people in and out', () => {
  for (const role of ['mediator', 'party', 'representative'] as const) {
    for (const phase of PHASES) {
      for (const arrived of [true, false]) {
        for (const confirmed of [true, false]) {
          const may = role === 'mediator' && phase === 'in-session' && arrived && confirmed
          it(`[ROO-2] canAdmit: ${role}, ${phase}, arrived ${arrived}, confirmed ${confirmed} → ${may}`, () => {
            expect(canAdmit(person(role), { phase, arrived, confirmed })).toBe(may)
          })
        }
      }
      it(`[ROO-3] canRemovePerson: ${role}, ${phase}`, () => {
        expect(canRemovePerson(person(role), phase)).toBe(role === 'mediator' && phase !== 'ended')
      })
    }
  }
})
