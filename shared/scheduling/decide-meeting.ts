// One time is fixed, moved or cancelled by the mediator: all of the case learn it at once, in the same words.
import { type CaseState, caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { asId, type MeetingId } from '#shared/kernel/ids.ts'
import { type Decision, decided, defineFact, newEvent, personRule, refuse, systemRule } from '#shared/log/decide.ts'
import { meetingCancel, meetingFix, meetingNote } from './ask-dates-protocol.ts'
import { setDateAct } from './scheduling-acts.ts'
import { canSetDate } from './scheduling-policy.ts'
import { meetingCancelled, meetingFixed, meetingNoted } from './scheduling-protocol.ts'
import { dateNotesFold, isAhead, noticeKey, schedulingFold } from './scheduling-state.ts'
import { isZone } from './zones.ts'

/** The step that looks after a case's letters rests in the storage before what they are about does. */
export const meetingDueFact = defineFact<undefined>('meeting due')

export const fixMeetingRule = personRule({
  command: meetingFix,
  facts: { due: meetingDueFact },
  decide(view, { seen, ...input }, { actor, now, newId }) {
    const state = view.state(caseFold, 'case')
    const dates = view.state(schedulingFold, 'case')
    if (!state || !dates) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    if (dates.changes !== seen) return refuse('conflict', 'scheduling/moved')
    if (!isZone(input.zone)) return refuse('invalid', undefined, { field: 'zone' })
    if (input.at <= now) return refuse('invalid', 'scheduling/past', { field: 'at' })
    if (input.place.kind === 'address' && input.place.words === undefined) {
      return refuse('invalid', 'scheduling/no-address', { field: 'place.words' })
    }
    const before = isAhead(dates.meeting, now) ? dates.meeting : undefined
    const meetingId = before?.meetingId ?? asId<MeetingId>(newId('case'))
    return decided(newEvent(meetingFixed, 'case', { ...input, meetingId, sequence: before ? before.sequence + 1 : 0 }))
  },
})

export const cancelMeetingRule = personRule({
  command: meetingCancel,
  facts: { due: meetingDueFact },
  decide(view, { meetingId }, { actor, now }) {
    const state = view.state(caseFold, 'case')
    const dates = view.state(schedulingFold, 'case')
    if (!state || !dates) return refuse('not-found')
    const refusal = refusalFor(actor, state)
    if (refusal) return refusal
    const { meeting } = dates
    if (meeting?.meetingId !== meetingId) return refuse('conflict', 'scheduling/moved')
    if (meeting.isCancelled) return decided()
    if (!isAhead(meeting, now)) return refuse('conflict', 'scheduling/past')
    return decided(newEvent(meetingCancelled, 'case', { meetingId }))
  },
})

/** Written once a letter has gone; a second time changes nothing. */
export const noteMeetingRule = systemRule({
  command: meetingNote,
  sees: () => ['mediators'],
  decide(view, input) {
    const sent = view.state(dateNotesFold, 'mediators')?.sent
    return sent && sent[noticeKey(input)] === undefined ? decided(newEvent(meetingNoted, 'mediators', input)) : decided()
  },
})

function refusalFor(actor: Person, state: CaseState): Decision | undefined {
  if (!mayAtAll(actor, setDateAct, 'case')) return refuse('forbidden')
  return canSetDate(actor, state.phase) ? undefined : refuse('conflict', 'scheduling/over')
}
