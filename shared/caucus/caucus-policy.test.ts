import { describe, expect, it } from 'vitest'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type SideId } from '#shared/kernel/ids.ts'
import { canAnswerCall, canCallMediator, canEndCaucus, canEnterCaucus, canInviteToCaucus } from './caucus-policy.ts'
import type { CaucusState } from './caucus-state.ts'

const side = asId<SideId>('a')
const inSession = { phase: 'mediating', session: { since: 1 } } as const
const base = { kind: 'person', caseId: asId<CaseId>('c') } as const
const mediator: Person = { ...base, id: asId('m'), role: 'mediator' }
const own: Person = { ...base, id: asId('p'), role: 'party', sideId: side }
const lawyer: Person = { ...base, id: asId('l'), role: 'representative', sideId: side }
const other: Person = { ...base, id: asId('q'), role: 'party', sideId: asId('b') }
const who = { mediator, own, lawyer, other }

const closed: CaucusState = { caucus: { stage: 'closed' }, call: undefined }
const invited: CaucusState = { caucus: { stage: 'invited', at: 1 }, call: undefined }
const open: CaucusState = {
  caucus: { stage: 'open', at: 1, entered: { [own.id]: { at: 2, company: 'alone', companions: undefined } } },
  call: { by: own.id, at: 1, reason: 'talk' },
}
const stages = { closed, invited, open }

const allowed: Record<string, readonly string[]> = {
  canInviteToCaucus: ['mediator closed'],
  canEnterCaucus: ['own invited', 'lawyer invited', 'lawyer open'],
  canEndCaucus: ['mediator invited', 'mediator open', 'own invited', 'own open', 'lawyer invited', 'lawyer open'],
  canCallMediator: ['own closed', 'own invited', 'own open', 'lawyer closed', 'lawyer invited', 'lawyer open'],
  canAnswerCall: ['mediator open'],
}

const policies: Record<string, (actor: Person, state: CaucusState) => boolean> = {
  canInviteToCaucus: (actor, state) => canInviteToCaucus(actor, side, inSession, state),
  canEnterCaucus: (actor, state) => canEnterCaucus(actor, side, state),
  canEndCaucus: (actor, state) => canEndCaucus(actor, side, state),
  canCallMediator: (actor) => canCallMediator(actor, side, 'mediating'),
  canAnswerCall: (actor, state) => canAnswerCall(actor, side, state),
}

describe('[CAU-6] who may do what with a caucus', () => {
  for (const [name, policy] of Object.entries(policies)) {
    for (const [person, actor] of Object.entries(who)) {
      for (const [stage, state] of Object.entries(stages)) {
        const may = allowed[name]?.includes(`${person} ${stage}`) ?? false
        it(`[CAU-6] ${name}: ${person}, ${stage} → ${may}`, () => {
          expect(policy(actor, state)).toBe(may)
        })
      }
    }
  }

  it('[CAU-6] nobody is invited outside a session, and nobody calls after the end', () => {
    expect(canInviteToCaucus(mediator, side, { phase: 'mediating', session: undefined }, closed)).toBe(false)
    expect(canCallMediator(own, side, 'closed')).toBe(false)
  })
})
