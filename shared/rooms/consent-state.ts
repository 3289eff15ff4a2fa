// What those who were asked have answered, and what follows from all of it.
import { type CaseState, speakersOf } from '#shared/cases/case-state.ts'
import { type Audience, audienceKind, audienceSubject, directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import type { View } from '#shared/log/decide.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { consentAnswered, consentAsked, type MediatorFacts } from './consent-protocol.ts'
import { inRoom } from './room-state.ts'

/** Somebody whom the case does not know yet: who they are, and in whose place they would come. */
export interface Proposal extends Question {
  readonly mediator: MediatorFacts
}

export interface Question {
  readonly mediator?: MediatorFacts | undefined
  readonly insteadOf?: ParticipantId | undefined
  readonly audience: Audience
  readonly participantId: ParticipantId
  readonly askedAt: number
  readonly answers: Readonly<Record<ParticipantId, boolean>>
}

/** Folded from a side's own room, or from one person's line to the mediator. */
export interface ConsentState {
  readonly questions: readonly Question[]
}

export const consentFold: Fold<ConsentState> = {
  name: 'consents',
  initial: { questions: [] },
  evolve(state, event) {
    if (isEvent(event, consentAsked)) {
      const question: Question = { ...event.body, askedAt: event.at, answers: {} }
      return { questions: [...state.questions.filter((each) => !isSame(each, question)), question] }
    }
    if (isEvent(event, consentAnswered) && event.by !== 'system') {
      const { by, body } = event
      return {
        questions: state.questions.map((each) =>
          isSame(each, body) ? { ...each, answers: { ...each.answers, [by]: body.agreed } } : each,
        ),
      }
    }
    return state
  },
}

type Asked = Pick<Question, 'audience' | 'participantId'>

function isSame(one: Asked, other: Asked): boolean {
  return one.audience === other.audience && one.participantId === other.participantId
}

export function questionIn(view: View, place: Audience, asked: Asked): Question | undefined {
  return view.state(consentFold, place)?.questions.find((each) => isSame(each, asked))
}

/** The same mediator in the same place: whoever agreed to one of them has agreed to the other. */
export function isSameProposal(one: Pick<Proposal, 'mediator' | 'insteadOf'>, other: Pick<Proposal, 'mediator' | 'insteadOf'>): boolean {
  const { id, name, organisation, registerNumber } = one.mediator
  const { mediator, insteadOf } = other
  const isSamePerson = mediator.id === id && mediator.name === name
  return isSamePerson && mediator.organisation === organisation && mediator.registerNumber === registerNumber && insteadOf === one.insteadOf
}

/** The mediators who are proposed in this place. */
export function proposalsIn(view: View, place: Audience): readonly Proposal[] {
  return (view.state(consentFold, place)?.questions ?? []).flatMap((each) => (each.mediator ? [{ ...each, mediator: each.mediator }] : []))
}

/** Where this person is asked, and answers: in their side's room about that room, of anything else in their own line to the mediator. */
export function placeOf(audience: Audience, person: ParticipantId): Audience {
  return audienceKind(audience) === 'side' ? audience : directAudience(person)
}

/** The sides whose consent it needs: the one whose room it is, otherwise all that have not left. */
export function sidesAsked(state: Pick<CaseState, 'facts' | 'leftAt'>, audience: Audience): readonly SideId[] {
  const sides = state.facts?.sides.map(({ id }) => id) ?? []
  if (audienceKind(audience) === 'side') return sides.filter((id) => id === audienceSubject(audience))
  return sides.filter((id) => state.leftAt[id] === undefined)
}

/** In a side's room once; of the joint room whoever speaks for a side, each in their own line, once they are here: where nobody was asked yet. */
export function placesToAsk(view: View, state: Pick<CaseState, 'facts' | 'leftAt'>, asked: Asked): readonly Audience[] {
  const people = sidesAsked(state, asked.audience).flatMap((side) => speakersOf(state, side))
  const here = people.filter(({ id }) => inRoom(view, 'case', id))
  const places = [...new Set(here.map(({ id }) => placeOf(asked.audience, id)))]
  return places.filter((place) => questionIn(view, place, asked) === undefined)
}

/** open: not everybody has answered whose answer it needs. */
export type Consent = 'given' | 'refused' | 'open'

/**
 * A side agrees when one of its parties or representatives does, and all of them who are in that room; one no is the side's no. As much as
 * the view shows: to a mediator, and to the server, all of it.
 */
export function consentOf(view: View, state: Pick<CaseState, 'facts' | 'leftAt'>, asked: Asked): Consent {
  const sides = sidesAsked(state, asked.audience).map((side) => sideConsent(view, state, side, asked))
  if (sides.includes('refused')) return 'refused'
  return sides.length > 0 && sides.every((each) => each === 'given') ? 'given' : 'open'
}

export function sideConsent(view: View, state: Pick<CaseState, 'facts'>, side: SideId, asked: Asked): Consent {
  const answers = speakersOf(state, side).map(({ id }) => ({
    isIn: inRoom(view, asked.audience, id),
    agreed: questionIn(view, placeOf(asked.audience, id), asked)?.answers[id],
  }))
  if (answers.some(({ agreed }) => agreed === false)) return 'refused'
  return answers.some(({ agreed }) => agreed) && answers.every(({ isIn, agreed }) => agreed || !isIn) ? 'given' : 'open'
}
