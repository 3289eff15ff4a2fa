// Times are proposed to everybody, answered by each person alone.
import { caseFold, presentPersonIn } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { datesAnswer, datesPropose } from './ask-dates-protocol.ts'
import { setDateAct } from './scheduling-acts.ts'
import { canAnswerDates, canSetDate } from './scheduling-policy.ts'
import { datesAnswered, datesProposed, peopleRequired } from './scheduling-protocol.ts'
import { dateAnswersFold, schedulingFold } from './scheduling-state.ts'
import { isZone } from './zones.ts'

export const proposeDatesRule = personRule({
  command: datesPropose,
  decide(view, { required, ...proposal }, { actor, now }) {
    const state = view.state(caseFold, 'case')
    if (!state?.facts) return refuse('not-found')
    if (!mayAtAll(actor, setDateAct, 'case')) return refuse('forbidden')
    if (!canSetDate(actor, state.phase)) return refuse('conflict', 'scheduling/over')
    if (view.state(schedulingFold, 'case')?.proposal?.proposalId === proposal.proposalId) return decided()
    if (!isZone(proposal.zone)) return refuse('invalid', undefined, { field: 'zone' })
    const past = proposal.times.findIndex((at) => at <= now)
    if (past >= 0) return refuse('invalid', 'scheduling/past', { field: `times.${past}` })
    const twice = proposal.times.findIndex((at, index) => proposal.times.indexOf(at) !== index)
    if (twice >= 0) return refuse('invalid', 'scheduling/twice', { field: `times.${twice}` })
    const unknown = required.findIndex((id) => {
      const person = presentPersonIn(state, id)
      return !person || mediates(person)
    })
    if (unknown >= 0) return refuse('invalid', undefined, { field: `required.${unknown}` })
    const times = proposal.times.toSorted((a, b) => a - b)
    return decided(
      newEvent(datesProposed, 'case', { ...proposal, times }),
      newEvent(peopleRequired, 'mediators', { proposalId: proposal.proposalId, people: required }),
    )
  },
})

/** The last answer counts. Nothing of it stands anywhere but on the person's own line. */
export const answerDatesRule = personRule({
  command: datesAnswer,
  decide(view, { proposalId, answers, words }, { actor }) {
    const audience = directAudience(actor.id)
    const state = view.state(caseFold, 'case')
    const own = view.state(dateAnswersFold, audience)
    if (!state || !own) return refuse('not-found')
    if (!canAnswerDates(actor, state.phase)) return refuse('conflict', 'scheduling/over')
    const proposal = view.state(schedulingFold, 'case')?.proposal
    if (proposal?.proposalId !== proposalId) return refuse('conflict', 'scheduling/other-times')
    if (answers.length !== proposal.times.length) return refuse('invalid', undefined, { field: 'answers' })
    return decided(newEvent(datesAnswered, audience, words === undefined ? { proposalId, answers } : { proposalId, answers, words }))
  },
})
