// A meeting as an entry of a calendar (RFC 5545). Calendars are shared and synchronised: it says when and where, and nothing of the dispute,
// of the people or of this service. The same meeting keeps its id; each change raises the sequence.
import { idFrom } from '#server/kernel/digest.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import type { Meeting } from '#shared/scheduling/scheduling-state.ts'
import { meetingWords } from './meeting-words.ts'

export interface CalendarEntry {
  readonly method: 'PUBLISH' | 'CANCEL'
  readonly content: string
}

/** The library is loaded with the first entry. Times are instants: no calendar has to know our zones. */
export async function calendarEntry(meeting: Meeting, language: Locale): Promise<CalendarEntry> {
  const { ICalCalendarMethod, ICalEventStatus, default: ical } = await import('ical-generator')
  const { meetingId, sequence, at, minutes, place, isCancelled, changedAt } = meeting
  const method = isCancelled ? 'CANCEL' : 'PUBLISH'
  const title = meetingWords(language, 'scheduling.calendar.title')
  const calendar = ical({ prodId: { company: 'Calendar', product: 'Meeting' }, method: ICalCalendarMethod[method] })
  calendar.createEvent({
    // The id of the meeting itself stands in people's pages: what lies in a calendar leads to none.
    id: idFrom(`calendar entry ${meetingId}`),
    sequence: isCancelled ? sequence + 1 : sequence,
    stamp: new Date(changedAt),
    start: new Date(at),
    end: new Date(at + minutes * 60_000),
    summary: title,
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    ...(place.kind === 'address' && place.words !== undefined ? { location: place.words } : {}),
  })
  return { method, content: calendar.toString() }
}
