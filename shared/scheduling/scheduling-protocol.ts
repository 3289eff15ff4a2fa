// The day of a meeting, as it is stored: times that the mediator proposed, what each person answered, the one that is fixed.
import * as z from 'zod/mini'
import type { CommandId, MeetingId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { type lineField, storedLine, storedText } from '#shared/protocol/text-fields.ts'

export const MAX_TIMES = 8
const MAX_PEOPLE = 60
export const MAX_ANSWER_WORDS = 500
export const MAX_PLACE = 160

/** Made by the device, so that asking again is harmless. */
export const proposalIdField = idField<CommandId>()
export const meetingIdField = idField<MeetingId>()
export const momentField = z.int().check(z.minimum(0), z.maximum(4_320_000_000_000_000))
export const timesField = z.array(momentField).check(z.minLength(1), z.maxLength(MAX_TIMES))
/** How long it is meant to last. */
export const minutesField = z.int().check(z.minimum(15), z.maximum(600))
export const requiredField = z.array(idField<ParticipantId>()).check(z.maxLength(MAX_PEOPLE))
/** A name of the zone database. What was stored is read for ever, whatever zones this machine knows. */
export const storedZone = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/))

const PLACES = ['online', 'phone', 'address'] as const
export type PlaceKind = (typeof PLACES)[number]
export const placeOf = <Words extends ReturnType<typeof lineField>>(words: Words) =>
  z.strictObject({ kind: z.enum(PLACES), words: z.optional(words) })
export type MeetingPlace = z.output<ReturnType<typeof placeOf>>

export const datesProposed = defineEvent(
  'dates:proposed',
  1,
  z.strictObject({ proposalId: proposalIdField, times: timesField, zone: storedZone, minutes: minutesField }),
)
export const peopleRequired = defineEvent('people:required', 1, z.strictObject({ proposalId: proposalIdField, people: requiredField }))

export const DATE_ANSWERS = ['yes', 'maybe', 'no'] as const
export type DateAnswer = (typeof DATE_ANSWERS)[number]
/** One for each of the times, in their order. */
export const answersField = z.array(z.enum(DATE_ANSWERS)).check(z.minLength(1), z.maxLength(MAX_TIMES))

export const datesAnswered = saidEvent(
  defineEvent(
    'dates:answered',
    1,
    z.strictObject({ proposalId: proposalIdField, answers: answersField, words: z.optional(storedText(MAX_ANSWER_WORDS)) }),
  ),
)

/** `sequence`: 0 when it is first fixed, one more each time it is moved. */
export const meetingFixed = defineEvent(
  'meeting:fixed',
  1,
  z.strictObject({
    meetingId: meetingIdField,
    sequence: z.int().check(z.minimum(0)),
    at: momentField,
    zone: storedZone,
    minutes: minutesField,
    place: placeOf(storedLine(MAX_PLACE)),
  }),
)

export const meetingCancelled = defineEvent('meeting:cancelled', 1, z.strictObject({ meetingId: meetingIdField }))

/** What is written to people about a meeting. */
const NOTICES = ['fixed', 'cancelled', 'day', 'hour'] as const
export type Notice = (typeof NOTICES)[number]

/** A letter went to somebody. For the mediators alone: nobody else learns who has an address here. */
export const noticeField = z.strictObject({
  meetingId: meetingIdField,
  sequence: z.int().check(z.minimum(0)),
  notice: z.enum(NOTICES),
  participantId: idField<ParticipantId>(),
})
export const meetingNoted = defineEvent('meeting:noted', 1, noticeField)
