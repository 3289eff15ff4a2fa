// How the proposed times suit, as the mediator reads it.
import { type CaseState, peopleOf } from '#shared/cases/case-state.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import type { DateAnswer } from '#shared/scheduling/scheduling-protocol.ts'
import { dateAnswersFold, dateNotesFold, type Proposal } from '#shared/scheduling/scheduling-state.ts'

export interface AskedPerson {
  readonly person: CasePerson
  readonly isRequired: boolean
  readonly answers: readonly DateAnswer[] | undefined
  readonly words: string | undefined
}

export interface TimeAnswers {
  readonly at: number
  /** Everybody who is needed can come, if need be. */
  readonly suitsRequired: boolean
  readonly by: Readonly<Record<DateAnswer | 'open', readonly CasePerson[]>>
}

export function askedPeople(state: CaseState): readonly CasePerson[] {
  const present = state.facts?.people.filter((person) => !mediates(person) && person.endedAt === undefined) ?? []
  const bySide = (state.facts?.sides ?? []).flatMap(({ id }) => peopleOf(state, id))
  return [...bySide, ...present.filter((person) => person.sideId === undefined)]
}

export function answersTo(proposal: Proposal, view: View, state: CaseState): readonly AskedPerson[] {
  const required = view.state(dateNotesFold, 'mediators')?.required
  return askedPeople(state).map((person) => {
    const answered = view.state(dateAnswersFold, directAudience(person.id))?.answered
    const own = answered?.proposalId === proposal.proposalId ? answered : undefined
    const isRequired = required?.proposalId === proposal.proposalId && required.people.includes(person.id)
    return { person, isRequired, answers: own?.answers, words: own?.words }
  })
}

export function answersByTime(proposal: Proposal, asked: readonly AskedPerson[]): readonly TimeAnswers[] {
  return proposal.times.map((at, index) => {
    const answering = (answer: DateAnswer | undefined) =>
      asked.filter(({ answers }) => answers?.[index] === answer).map(({ person }) => person)
    const needed = asked.filter(({ isRequired }) => isRequired)
    const suits = (each: AskedPerson) => each.answers?.[index] === 'yes' || each.answers?.[index] === 'maybe'
    return {
      at,
      suitsRequired: needed.length > 0 && needed.every(suits),
      by: { yes: answering('yes'), maybe: answering('maybe'), no: answering('no'), open: answering(undefined) },
    }
  })
}
