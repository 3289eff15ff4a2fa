import { describe, expect, it } from 'vitest'
import { CASE_PHASES } from '#shared/cases/phases.ts'
import { noteOf, settlementOf } from '#shared/document/case-documents.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import {
  canEditDocument,
  canEditDraft,
  canEditNote,
  canGiveReady,
  canReadDocument,
  canReadDraft,
  canReadNote,
  canReadStates,
  canRequestFreeze,
  canRestore,
  canWithdrawReady,
  type DraftSituation,
} from './drafting-policy.ts'
import type { DraftPhase } from './drafting-state.ts'

const base = { kind: 'person', caseId: asId<CaseId>('case') } as const
const mediator: Person = { ...base, id: asId<ParticipantId>('mediator'), role: 'mediator' }
const party: Person = { ...base, id: asId<ParticipantId>('party'), role: 'party', sideId: asId<SideId>('side') }
const representative: Person = { ...base, id: asId<ParticipantId>('lawyer'), role: 'representative', sideId: asId<SideId>('side') }

describe('who may do what with the draft', () => {
  const drafts: readonly DraftPhase['kind'][] = ['open', 'freezing', 'frozen']
  const sessions = [undefined, { since: 1 }]
  const situations = CASE_PHASES.flatMap((phase) =>
    sessions.flatMap((session) =>
      drafts.flatMap((draft) => [true, false].map((inAll): DraftSituation => ({ phase, session, draft, inAll, locked: false }))),
    ),
  )

  it.each(situations)('[DRA-80] $phase, session $session, $draft, in the joint session: $inAll', (situation) => {
    const writes = situation.inAll && situation.phase === 'mediating' && situation.session !== undefined && situation.draft === 'open'
    expect(canReadDraft(situation)).toBe(situation.inAll)
    for (const who of [mediator, party, representative]) expect(canEditDraft(who, situation)).toBe(writes)
    for (const who of [party, representative]) {
      expect(canGiveReady(who, situation)).toBe(writes)
      expect(canWithdrawReady(who, situation)).toBe(situation.inAll && situation.draft === 'open')
      expect(canRequestFreeze(who, situation)).toBe(false)
      expect(canRestore(who, situation)).toBe(false)
      expect(canReadStates(who, situation)).toBe(false)
    }
    expect(canGiveReady(mediator, situation)).toBe(false)
    expect(canWithdrawReady(mediator, situation)).toBe(false)
    expect(canRequestFreeze(mediator, situation)).toBe(writes)
    expect(canRestore(mediator, situation)).toBe(writes)
    expect(canReadStates(mediator, situation)).toBe(situation.inAll && situation.phase === 'mediating')
  })

  it.each(situations)('[ROO-140] locked, in $phase, session $session, $draft, in the joint session: $inAll', (situation) => {
    const locked = { ...situation, locked: true }
    expect(canEditDraft(mediator, locked)).toBe(canEditDraft(mediator, situation))
    for (const who of [party, representative]) {
      expect(canEditDraft(who, locked)).toBe(false)
      expect(canGiveReady(who, locked)).toBe(canGiveReady(who, situation))
      expect(canWithdrawReady(who, locked)).toBe(canWithdrawReady(who, situation))
    }
    expect(canReadDraft(locked)).toBe(situation.inAll)
  })

  it.each(situations)('[DRA-141] a note in $phase, $draft, in the joint session: $inAll', (situation) => {
    const note = noteOf(mediator.id)
    expect(canReadNote(mediator, note)).toBe(true)
    expect(canEditNote(mediator, note, situation)).toBe(situation.phase !== 'closed')
    expect(canReadDocument(note, mediator, situation)).toBe(true)
    expect(canEditDocument(note, mediator, situation)).toBe(situation.phase !== 'closed')
    for (const who of [party, representative, { ...mediator, id: party.id }, { ...party, id: mediator.id }]) {
      expect(canReadNote(who, note)).toBe(false)
      expect(canEditNote(who, note, situation)).toBe(false)
      expect(canReadDocument(note, who, situation)).toBe(false)
      expect(canEditDocument(note, who, situation)).toBe(false)
    }
    const settlement = settlementOf(mediator.caseId)
    expect(canReadDocument(settlement, party, situation)).toBe(canReadDraft(situation))
    expect(canEditDocument(settlement, party, situation)).toBe(canEditDraft(party, situation))
  })
})
