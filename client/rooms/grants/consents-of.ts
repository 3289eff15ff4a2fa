// What somebody was asked about people who only look on, and what they have answered.
import { type PersonView, personView } from '#client/rooms/people.ts'
import { type CaseState, nameIn, personIn, presentPersonIn } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import type { MediatorFacts } from '#shared/rooms/consent-protocol.ts'
import { consentFold } from '#shared/rooms/consent-state.ts'
import { answerConsentAct } from '#shared/rooms/room-acts.ts'

export interface OwnQuestion {
  readonly audience: Audience
  readonly about: PersonView
  /** Of somebody who is proposed as mediator. */
  readonly proposal: Proposal | undefined
  /** Undefined until it is answered. */
  readonly agreed: boolean | undefined
}

export function questionsFor(view: View, state: CaseState, me: Person): readonly OwnQuestion[] {
  const places = [directAudience(me.id), ...(me.sideId === undefined ? [] : [sideAudience(me.sideId)])]
  return places
    .filter((place) => may(me, answerConsentAct, place, state.phase))
    .flatMap((place) => view.state(consentFold, place)?.questions ?? [])
    .flatMap(({ audience, participantId, answers, mediator, insteadOf }): readonly OwnQuestion[] => {
      const agreed = answers[me.id]
      if (mediator) {
        // Whoever is part of the case by now was agreed to.
        if (personIn(state, participantId)) return []
        const about: PersonView = { id: participantId, name: mediator.name, role: 'mediator', who: 'mediators', side: undefined }
        return [{ audience, about, agreed, proposal: { mediator, before: insteadOf && nameIn(state, insteadOf) } }]
      }
      const about = presentPersonIn(state, participantId) && personView(state, participantId)
      return about ? [{ audience, about, agreed, proposal: undefined }] : []
    })
}

interface Proposal {
  readonly mediator: MediatorFacts
  /** In whose place they would come. */
  readonly before: string | undefined
}
