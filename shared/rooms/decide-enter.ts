import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { personAdded, personEnter } from '#shared/cases/people-protocol.ts'
import { directAudience, selfAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { decided, newEvent, refuse, systemRule } from '#shared/log/decide.ts'
import { lettingIn } from './admission-events.ts'
import { invitedAnewFold } from './invited-anew.ts'

/**
 * Entering again (a second device, a new code) changes nothing. Whoever was taken out of the case and was then invited anew by the
 * mediator is part of it again.
 */
export const enterRule = systemRule({
  command: personEnter,
  sees: ({ participantId }) => ['case', directAudience(participantId), selfAudience(participantId)],
  decide(view, { participantId }, moment) {
    const state = view.state(caseFold, 'case')
    const person = state && personIn(state, participantId)
    if (!person || mediates(person)) return refuse('not-found')
    const { endedAt, ...facts } = person
    if (endedAt !== undefined && !view.state(invitedAnewFold, directAudience(participantId))) return refuse('not-found')
    const rooms = ['case', directAudience(participantId), selfAudience(participantId)] as const
    return decided(
      ...(endedAt === undefined ? [] : [newEvent(personAdded, 'case', facts)]),
      ...rooms.flatMap((audience) => lettingIn(view, audience, person, moment)),
    )
  },
})
