// What somebody was asked about people who only look on, and what they have answered.
import { type PersonView, personView } from '#client/rooms/people.ts'
import { type CaseState, presentPersonIn } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, directAudience, sideAudience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import { consentFold } from '#shared/rooms/consent-state.ts'
import { answerConsentAct } from '#shared/rooms/room-acts.ts'

export interface OwnQuestion {
  readonly audience: Audience
  readonly about: PersonView
  /** Undefined until it is answered. */
  readonly agreed: boolean | undefined
}

export function questionsFor(view: View, state: CaseState, me: Person): readonly OwnQuestion[] {
  const places = [directAudience(me.id), ...(me.sideId === undefined ? [] : [sideAudience(me.sideId)])]
  return places
    .filter((place) => may(me, answerConsentAct, place, state.phase))
    .flatMap((place) => view.state(consentFold, place)?.questions ?? [])
    .flatMap(({ audience, participantId, answers }) => {
      const about = presentPersonIn(state, participantId) && personView(state, participantId)
      return about ? [{ audience, about, agreed: answers[me.id] }] : []
    })
}
