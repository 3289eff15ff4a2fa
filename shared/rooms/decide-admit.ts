import { caseFold, minorsAlone, presentPersonIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import { isOfSide } from '#shared/kernel/roles.ts'
import { decided, personRule, refuse } from '#shared/log/decide.ts'
import { lettingIn } from './admission-events.ts'
import { procedureFold } from './procedure-state.ts'
import { admitAct } from './room-acts.ts'
import { canAdmit } from './room-policy.ts'
import { personAdmit } from './room-protocol.ts'
import { inRoom, readsAt, roomFold } from './room-state.ts'

export const admitRule = personRule({
  command: personAdmit,
  decide(view, { participantId, to }, { actor, ...moment }) {
    const state = view.state(caseFold, 'case')
    const person = state && presentPersonIn(state, participantId)
    if (!state || person?.sideId === undefined || !isOfSide(person)) return refuse('not-found')
    const arrived = inRoom(view, 'case', participantId)
    const confirmed = state.confirmedAt[participantId] !== undefined
    if (!canAdmit(actor, { phase: state.phase, session: state.session, arrived, confirmed })) {
      if (!mayAtAll(actor, admitAct, 'case')) return refuse('forbidden')
      if (!state.session) return refuse('conflict', 'rooms/no-session')
      return refuse('conflict', arrived ? 'rooms/not-confirmed' : 'rooms/not-arrived')
    }
    if (to === 'all' && view.state(procedureFold, 'case')?.caucusOnly) return refuse('conflict', 'rooms/caucus-only')
    const isThere = ({ id }: Pick<CasePerson, 'id'>) => readsAt(view.state(roomFold, 'all'), id, moment.now)
    if (to === 'all' && person.minor && minorsAlone(state, isThere).some(({ id }) => id === participantId))
      return refuse('conflict', 'rooms/minor-alone', { details: { names: [person.name] } })
    const events = [
      ...lettingIn(view, sideAudience(person.sideId), person, moment),
      ...(to === 'all' ? lettingIn(view, 'all', person, moment) : []),
    ]
    return events.length > 0 ? decided(...events) : refuse('conflict', 'rooms/already-in')
  },
})
