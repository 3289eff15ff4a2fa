// Letters about the meeting of a case: that it was fixed, moved or cancelled, and a reminder a day and an hour before. One step for each
// case finds out what is due by what stands then, sends it, notes it for the mediators, and says when it wants to come again.
import type { DueKind, DueTimes } from '#server/due/due.ts'
import type { Addressee, MailToPerson } from '#server/identity/delivery/person-mail.ts'
import type { Letter } from '#server/identity/delivery/senders.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import { type FactProvider, provideFact } from '#server/log/facts.ts'
import { stepId } from '#server/log/step-id.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import { caseFold } from '#shared/cases/case-state.ts'
import { isMediationOver } from '#shared/cases/phases.ts'
import type { Clock } from '#shared/kernel/clock.ts'
import { asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { isEvent, stateIn } from '#shared/log/fold.ts'
import { isMember, roomFold } from '#shared/rooms/room-state.ts'
import { meetingNote } from '#shared/scheduling/ask-dates-protocol.ts'
import { meetingDueFact } from '#shared/scheduling/decide-meeting.ts'
import { canSetDate } from '#shared/scheduling/scheduling-policy.ts'
import { meetingCancelled, meetingFixed, type Notice } from '#shared/scheduling/scheduling-protocol.ts'
import { dateNotesFold, type Meeting, noticeKey, schedulingFold } from '#shared/scheduling/scheduling-state.ts'
import { calendarEntry } from './calendar-entry.ts'
import { meetingWords, placeWords, whenWords } from './meeting-words.ts'
import { lettersOf, nextLetterAt } from './when-letters.ts'

const KIND = 'scheduling/letters'
/** What was planned before the meeting stood there comes once it surely does. */
const COMMITTED_WITHIN = 60_000
/** A mail server that took nothing is asked again. */
const ASK_AGAIN = 5 * 60_000

interface Deps {
  readonly log: Pick<CaseLog, 'state' | 'step'>
  readonly due: DueTimes
  /** On the wall, as meetings are. */
  readonly clock: Clock
  /** As due times are. */
  readonly steady: Clock
  readonly mailToPerson: MailToPerson
  readonly onTrouble: (cause: unknown) => void
}

/** A server that is killed right behind the commit leaves a step that finds the meeting. */
export function letterFacts({ due, steady }: Pick<Deps, 'due' | 'steady'>): readonly FactProvider[] {
  return [
    provideFact(meetingDueFact, async ({ caseId, actor, view }) => {
      const phase = view.state(caseFold, 'case')?.phase
      // Whoever may not decide must not move the step either.
      if (actor.kind === 'person' && phase && canSetDate(actor, phase)) await due.schedule(KIND, caseId, steady.now() + COMMITTED_WITHIN)
      return undefined
    }),
  ]
}

/** What was fixed or cancelled is told soon. */
export function tellMeetings({ due, steady, onTrouble }: Pick<Deps, 'due' | 'steady' | 'onTrouble'>): Subscriber {
  return {
    name: 'letters about a meeting',
    committed({ caseId, events }) {
      if (events.some((event) => isEvent(event, meetingFixed) || isEvent(event, meetingCancelled)))
        due.schedule(KIND, caseId, steady.now()).catch(onTrouble)
    },
  }
}

export function sendLetters({ log, clock, steady, mailToPerson, onTrouble }: Omit<Deps, 'due'>): DueKind {
  /** False where it has to be tried again. */
  async function send(caseId: CaseId, meeting: Meeting, notice: Notice, participantId: ParticipantId): Promise<boolean> {
    try {
      const went = await mailToPerson(caseId, participantId, (addressee) => letterAbout(meeting, notice, addressee))
      if (went === 'no-way') return true
      const noted = { meetingId: meeting.meetingId, sequence: meeting.sequence, notice, participantId }
      await log.step(caseId, meetingNote, noted, stepId(`meeting:note ${caseId} ${noticeKey(noted)}`))
      return true
    } catch (cause) {
      onTrouble(cause)
      return false
    }
  }

  return {
    kind: KIND,
    async run(subject) {
      const caseId = asId<CaseId>(subject)
      const state = await log.state(caseId)
      const meeting = stateIn(state.audiences, schedulingFold, 'case')?.meeting
      const phase = stateIn(state.audiences, caseFold, 'case')?.phase
      if (!meeting || !phase || isMediationOver(phase)) return undefined
      const sent = stateIn(state.audiences, dateNotesFold, 'mediators')?.sent ?? {}
      const { meetingId, sequence } = meeting
      const open = lettersOf(meeting, clock.now()).flatMap((notice) =>
        readersOfLetters(state)
          .filter((participantId) => sent[noticeKey({ meetingId, sequence, notice, participantId })] === undefined)
          .map((participantId) => send(caseId, meeting, notice, participantId)),
      )
      const done = await Promise.all(open)
      const now = clock.now()
      const next = done.every(Boolean) ? nextLetterAt(meeting, now) : now + ASK_AGAIN
      return next === undefined || next >= meeting.at ? undefined : steady.now() + (next - now)
    },
  }
}

/** Whose code was accepted, and who is part of the case now: until then an address has proved nothing. */
function readersOfLetters({ audiences }: LoadedCase): readonly ParticipantId[] {
  const room = stateIn(audiences, roomFold, 'case')
  const people = stateIn(audiences, caseFold, 'case')?.facts?.people ?? []
  return people.filter((person) => !mediates(person) && person.endedAt === undefined && isMember(room, person.id)).map(({ id }) => id)
}

async function letterAbout(meeting: Meeting, notice: Notice, { language, mediatorName: mediator }: Addressee): Promise<Letter> {
  const about = notice === 'fixed' && meeting.sequence > 0 ? 'moved' : notice
  const values = { ...whenWords(meeting.at, meeting.zone), place: placeWords(language, meeting.place), mediator }
  const letter = {
    subject: meetingWords(language, `scheduling.mail.${about}.subject`),
    text: meetingWords(language, `scheduling.mail.${about}.text`, values),
  }
  const isReminder = notice === 'day' || notice === 'hour'
  return isReminder ? letter : { ...letter, calendar: await calendarEntry(meeting, language) }
}
