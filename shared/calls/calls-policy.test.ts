import { describe, expect, it } from 'vitest'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { canBeInCall, canHoldCall, canKnowCall, isTalkApart, mustPauseFirst } from './calls-policy.ts'
import type { CallStage } from './calls-state.ts'

const side = asId<SideId>('a')
const base = { kind: 'person', caseId: asId<CaseId>('c') } as const
const PEOPLE: Readonly<Record<string, Person>> = {
  mediator: { ...base, id: asId('m'), role: 'mediator' },
  party: { ...base, id: asId('p'), role: 'party', sideId: side },
  lawyer: { ...base, id: asId('l'), role: 'representative', sideId: side },
  other: { ...base, id: asId('q'), role: 'party', sideId: asId('b') },
}
const AUDIENCES: readonly Audience[] = [
  'all',
  `side:${side}`,
  `direct:${asId<ParticipantId>('p')}`,
  'case',
  'mediators',
  `self:${asId<ParticipantId>('p')}`,
]
const STAGES: readonly CallStage[] = ['closed', 'running', 'paused']
const PHASES: readonly CasePhase[] = ['preparing', 'mediating', 'performing', 'closed']

/** Who may be in the call of an audience, during the mediation and with a right to read: by how the joint call stands. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  'all running': ['mediator', 'party', 'lawyer', 'other'],
  'side closed': ['mediator', 'party', 'lawyer'],
  'side running': ['party', 'lawyer'],
  'side paused': ['mediator', 'party', 'lawyer'],
  'direct closed': ['mediator', 'party'],
  'direct running': ['party'],
  'direct paused': ['mediator', 'party'],
}

describe('who may be in a call', () => {
  for (const audience of AUDIENCES) {
    for (const stage of STAGES) {
      for (const [name, person] of Object.entries(PEOPLE)) {
        const room = audience.split(':')[0] ?? ''
        const expected = ALLOWED[`${room} ${stage}`]?.includes(name) ?? false
        it(`[CAL-4] ${name} in ${room} while the joint call is ${stage}: ${expected}`, () => {
          const situation = {
            phase: 'mediating',
            session: { since: 1 },
            call: { stage, since: 2 },
            reads: true,
            open: true,
            locked: false,
          } as const
          expect(canBeInCall(person, audience, situation)).toBe(expected)
          expect(canBeInCall(person, audience, { ...situation, reads: false })).toBe(false)
          expect(canBeInCall(person, audience, { ...situation, open: false })).toBe(false)
          expect(canBeInCall(person, audience, { ...situation, locked: true })).toBe(expected && name === 'mediator')
          for (const phase of PHASES.filter((each) => each !== 'mediating')) {
            const over = canBeInCall(person, audience, { ...situation, phase, session: undefined })
            expect(over, phase).toBe(phase !== 'closed' && audience !== 'all' && (ALLOWED[`${room} closed`]?.includes(name) ?? false))
          }
        })
      }
    }
  }

  it('[CAL-4] who may not be in a call now may know of it where they read and talk', () => {
    const paused = {
      phase: 'mediating',
      session: { since: 1 },
      call: { stage: 'paused', since: 2 },
      reads: true,
      open: true,
      locked: false,
    } as const
    for (const person of Object.values(PEOPLE)) {
      expect(canKnowCall(person, 'all', paused)).toBe(true)
      expect(canKnowCall(person, 'all', { ...paused, reads: false })).toBe(false)
      expect(canKnowCall(person, 'case', paused)).toBe(false)
    }
  })

  it('[CAL-5] the pause comes before a mediator’s talk apart, and before nobody else’s', () => {
    for (const [name, person] of Object.entries(PEOPLE))
      for (const audience of AUDIENCES)
        for (const stage of STAGES) {
          const situation = {
            phase: 'mediating',
            session: { since: 1 },
            call: { stage, since: 2 },
            reads: true,
            open: true,
            locked: false,
          } as const
          expect(mustPauseFirst(person, audience, situation)).toBe(name === 'mediator' && audience !== 'all' && stage === 'running')
        }
  })

  it('[CAL-2] a session is needed, and a mediator', () => {
    for (const [name, person] of Object.entries(PEOPLE)) {
      expect(canHoldCall(person, { phase: 'mediating', session: { since: 1 } })).toBe(name === 'mediator')
      expect(canHoldCall(person, { phase: 'mediating', session: undefined })).toBe(false)
      expect(canHoldCall(person, { phase: 'performing', session: { since: 1 } })).toBe(false)
    }
  })

  it('[CAL-16] what is not one side’s or one person’s own is judged as what people of several sides hear together', () => {
    expect(AUDIENCES.filter((audience) => isTalkApart(audience))).toEqual([`side:${side}`, 'direct:p'])
  })
})
