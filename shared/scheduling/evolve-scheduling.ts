import { audienceKind } from '#shared/kernel/audience.ts'
import { type Evolve, isEvent } from '#shared/log/fold.ts'
import { datesAnswered, datesProposed, meetingCancelled, meetingFixed, meetingNoted, peopleRequired } from './scheduling-protocol.ts'
import { type DateAnswersState, type DateNotesState, noticeKey, type SchedulingState } from './scheduling-state.ts'

export const evolveScheduling: Evolve<SchedulingState> = (state, event) => {
  if (event.audience !== 'case') return state
  if (isEvent(event, datesProposed)) return { ...state, proposal: event.body }
  if (isEvent(event, meetingFixed)) {
    const meeting = { ...event.body, isCancelled: false, changedAt: event.at }
    return { proposal: undefined, meeting, changes: state.changes + 1 }
  }
  if (isEvent(event, meetingCancelled) && state.meeting) {
    return { ...state, meeting: { ...state.meeting, isCancelled: true, changedAt: event.at }, changes: state.changes + 1 }
  }
  return state
}

export const evolveDateAnswers: Evolve<DateAnswersState> = (state, event) => {
  if (audienceKind(event.audience) !== 'direct' || !isEvent(event, datesAnswered)) return state
  const { proposalId, answers, words } = event.body
  return { answered: { proposalId, answers, words, at: event.at } }
}

export const evolveDateNotes: Evolve<DateNotesState> = (state, event) => {
  if (event.audience !== 'mediators') return state
  if (isEvent(event, peopleRequired)) return { ...state, required: event.body }
  if (isEvent(event, meetingNoted)) return { ...state, sent: { ...state.sent, [noticeKey(event.body)]: event.at } }
  return state
}
