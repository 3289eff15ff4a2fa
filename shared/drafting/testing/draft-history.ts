// A case whose draft is being written, as each of its people sees it, and what they ask of it.
import { agreementConfirmed, type CaseBody, caseOpened, sessionStarted } from '#shared/cases/case-protocol.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { openedWith } from '#shared/cases/testing/opened.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type FileId, type ParticipantId, type SideId, type VersionId } from '#shared/kernel/ids.ts'
import { type Decision, type Rule, type View, viewOf } from '#shared/log/decide.ts'
import { type AudienceState, emptyAudience, type Fold, foldEvent } from '#shared/log/fold.ts'
import type { EventDefinition } from '#shared/protocol/define.ts'
import { roomJoined } from '#shared/rooms/room-protocol.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { drafting } from '../capability.ts'

export const id = <Id extends ParticipantId | SideId | VersionId | FileId>(name: string) =>
  asId<ParticipantId>(name.padEnd(22, '0')) as unknown as Id // each by its use
export const [MEDIATOR, AIGUL, PAVEL, LAWYER] = ['mediator', 'aigul', 'pavel', 'lawyer'].map((name) => id<ParticipantId>(name)) as [
  ParticipantId,
  ParticipantId,
  ParticipantId,
  ParticipantId,
] // four names
export const BEREKE = id<SideId>('bereke')
export const DALA = id<SideId>('dala')
export const VERSION = id<VersionId>('version')
export const OTHER = id<VersionId>('other')

export function factsIn(draftLanguage: CaseBody['draftLanguage']): CaseBody {
  return {
    title: 'Береке — Дала Жем',
    category: 'supply',
    subject: 'Оплата по договору поставки № 14',
    voice: 'phone',
    draftLanguage,
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    mediator: { id: MEDIATOR, name: 'Ерлан Омаров', organisation: 'Бітім орталығы', registerNumber: '123', language: 'ru' },
    sides: [
      { id: BEREKE, kind: 'organisation', name: 'КХ «Береке»', details: 'БСН 123456789012' },
      { id: DALA, kind: 'organisation', name: 'ТОО «Дала Жем»' },
    ],
    people: [
      { id: AIGUL, name: 'Айгүл Серік', role: 'party', sideId: BEREKE, language: 'kk' },
      { id: PAVEL, name: 'Павел Ким', role: 'party', sideId: DALA, language: 'ru' },
      { id: LAWYER, name: 'Мария Жук', role: 'representative', sideId: DALA, authority: 'доверенность № 5', language: 'ru' },
    ],
  }
}

const person = (who: ParticipantId): Person => {
  const kind = 'person'
  const caseId = asId<never>('case')
  if (who === MEDIATOR) return { kind, caseId, id: who, role: 'mediator' }
  return { kind, caseId, id: who, role: who === LAWYER ? 'representative' : 'party', sideId: who === AIGUL ? BEREKE : DALA }
}

const folds: readonly Fold[] = [caseFold, roomFold, ...drafting.folds] as readonly Fold[] // states of their own

export class History {
  readonly states = new Map<Audience, AudienceState>()
  constructor(...inAll: readonly ParticipantId[]) {
    this.add('case', caseOpened, openedWith(factsIn('ru')))
    this.add('case', agreementConfirmed, { agreement: true, explanation: true, remoteForm: true })
    this.add('case', sessionStarted, {})
    for (const participantId of [MEDIATOR, ...inAll]) this.add('all', roomJoined, { participantId })
  }
  add(audience: Audience, definition: EventDefinition, body: unknown, by: ParticipantId = MEDIATOR): this {
    const state = this.states.get(audience) ?? emptyAudience(audience)
    const event = { audience, epoch: 0, seq: state.seq + 1, type: definition.name, by, at: 1000 + state.seq, hash: '', body }
    this.states.set(audience, foldEvent(folds, state, event))
    return this
  }
  viewOf(who: ParticipantId): View {
    const mine = [...this.states].filter(
      ([audience]) => who === MEDIATOR || audience === 'case' || audience === 'all' || audience.endsWith(who),
    )
    return viewOf(new Map(mine))
  }
  get all(): View {
    return viewOf(this.states)
  }
  ask(
    rule: Rule,
    who: ParticipantId | 'system',
    input: unknown,
    head = { revision: 7, generation: 1 },
    now = 5,
    faults: readonly ClosingFault[] = [],
  ): Decision {
    const actor = who === 'system' ? ({ kind: 'system', caseId: asId<never>('case') } as const) : person(who)
    const view = who === 'system' ? this.all : this.viewOf(who)
    return rule.decide(view, input, {
      actor,
      now,
      newId: () => 'new',
      seen: undefined,
      facts: { head, saved: [3, 7], closing: { revision: head.revision, faults } },
    })
  }
}

export function said(decision: Decision): string {
  if (!decision.decided) return [decision.problem.kind, decision.problem.reason].filter(Boolean).join(' ')
  return decision.events.map((event) => `${event.definition.name}→${event.audience.split(':')[0]}`).join(', ') || 'nothing'
}
