// A day for a meeting that suits those who are needed.
import { defineCapability } from '#shared/log/capability.ts'
import { evolveDateAnswers, evolveDateNotes, evolveScheduling } from './evolve-scheduling.ts'
import { answerDatesAct, setDateAct } from './scheduling-acts.ts'
import { datesAnswered, datesProposed, meetingCancelled, meetingFixed, meetingNoted, peopleRequired } from './scheduling-protocol.ts'
import { dateAnswersFold, dateNotesFold, schedulingFold } from './scheduling-state.ts'

export const scheduling = defineCapability({
  name: 'scheduling',
  acts: [setDateAct, answerDatesAct],
  events: [datesProposed, peopleRequired, datesAnswered, meetingFixed, meetingCancelled, meetingNoted],
  folds: [
    { ...schedulingFold, evolve: evolveScheduling },
    { ...dateAnswersFold, evolve: evolveDateAnswers },
    { ...dateNotesFold, evolve: evolveDateNotes },
  ],
})
