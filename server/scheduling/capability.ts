import { serverCapability } from '#server/capability.ts'
import { serve } from '#server/http/router.ts'
import { identity } from '#server/identity/capability.ts'
import { readsNow } from '#server/log/case-state.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { stateIn } from '#shared/log/fold.ts'
import { answerDatesRule, proposeDatesRule } from '#shared/scheduling/decide-dates.ts'
import { cancelMeetingRule, fixMeetingRule, noteMeetingRule } from '#shared/scheduling/decide-meeting.ts'
import { calendarDownload } from '#shared/scheduling/scheduling-routes.ts'
import { isAhead, schedulingFold } from '#shared/scheduling/scheduling-state.ts'
import { calendarEntry } from './calendar-entry.ts'
import { letterFacts, sendLetters, tellMeetings } from './meeting-letters.ts'

export const scheduling = serverCapability({
  name: 'scheduling',
  rules: [proposeDatesRule, answerDatesRule, fixMeetingRule, cancelMeetingRule, noteMeetingRule],
  start({ log, due, clock, steady, readers, onTrouble, use }) {
    const { mailToPerson } = use(identity)
    const serveCalendar = serve(calendarDownload, async ({ caseId, language }, caller) => {
      const { audiences } = await log.state(caseId)
      const folded = audiences.get('case')
      const reads = folded && caller.caseId === caseId && readsNow(readers, folded, caller.participantId)
      const meeting = reads ? stateIn(audiences, schedulingFold, 'case')?.meeting : undefined
      if (!isAhead(meeting, clock.now())) throw new AppError({ kind: 'not-found' })
      return { bytes: utf8((await calendarEntry(meeting, language)).content), fileName: 'meeting.ics' }
    })
    return {
      api: undefined,
      facts: letterFacts({ due, steady }),
      subscribers: [tellMeetings({ due, steady, onTrouble })],
      routes: [serveCalendar],
      due: [sendLetters({ log, clock, steady, mailToPerson, onTrouble })],
    }
  },
})
