import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { type Person, ROLES, type Role } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { canAdmit, canOpenEarlier, canSetProcedure } from './room-policy.ts'
import { type RoomState, roomFold } from './room-state.ts'

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

it('[ROO-82] earlier messages are opened by those whose they are, and by nobody who does not read them', () => {
  const [side, party] = [asId<SideId>('side'), asId<ParticipantId>('party')]
  const base = { kind: 'person', caseId: asId<CaseId>('c') } as const
  const people: Readonly<Record<string, Person>> = {
    mediator: { ...base, id: asId('m'), role: 'mediator' },
    party: { ...base, id: party, role: 'party', sideId: side },
    representative: { ...base, id: asId('r'), role: 'representative', sideId: side },
    other: { ...base, id: asId('q'), role: 'party', sideId: asId('other') },
  }
  /** All are in the room; its representative reads it from the tenth event on. */
  const members = Object.fromEntries(
    Object.values(people).map(({ id, role }) => {
      const late = role === 'representative'
      return [id, { since: late ? 10 : 1, until: undefined, at: 1, wordsAfter: late ? 9 : 0, late }]
    }),
  )
  const room: RoomState = { ...roomFold.initial, members }
  const opening = (audience: Audience, from: number) =>
    Object.entries(people).flatMap(([who, actor]) =>
      CASE_PHASES.every((phase) => canOpenEarlier(actor, { audience, room, phase, from })) ? [who] : [],
    )
  const table: readonly (readonly [Audience, from: number, who: readonly string[]])[] = [
    ['all', 1, ['mediator']],
    [sideAudience(side), 1, ['party']],
    [sideAudience(side), 9, ['party']],
    [sideAudience(side), 10, ['party', 'representative']],
    [directAudience(party), 1, ['party']],
    ['case', 1, []],
    ['mediators', 1, []],
  ]
  for (const [audience, from, who] of table) expect([audience, from, opening(audience, from)]).toEqual([audience, from, who])
  const gone: RoomState = { ...room, members: { [party]: { since: 1, until: 5, at: 1, wordsAfter: 0, late: false } } }
  expect(people.party && canOpenEarlier(people.party, { audience: sideAudience(side), room: gone, phase: 'mediating', from: 1 })).toBe(
    false,
  )
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
