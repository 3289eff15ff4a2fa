// The day of a meeting: times that the mediator proposes, what each person answers, the one that is fixed.
import * as z from 'zod/mini'
import type { CommandId, MeetingId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { lineField, storedLine, storedText, textField } from '#shared/protocol/text-fields.ts'
import { isZone } from './zone-time.ts'

export const MAX_TIMES = 8
const MAX_PEOPLE = 60
export const MAX_ANSWER_WORDS = 500
export const MAX_PLACE = 160

/** Made by the device, so that asking again is harmless. */
const proposalId = idField<CommandId>()
const meetingId = idField<MeetingId>()
const at = z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000 / 2))
const times = z.array(at).check(z.minLength(1), z.maxLength(MAX_TIMES))
/** How long it is meant to last. */
const minutes = z.int().check(z.minimum(15), z.maximum(600))
/** A name of the zone database. What was stored is read for ever, whatever zones this machine knows. */
const storedZone = z.string().check(z.regex(/^[A-Za-z][A-Za-z0-9_+\-/]{1,63}$/))
const zone = storedZone.check(z.refine(isZone))

const PLACES = ['online', 'phone', 'address'] as const
export type PlaceKind = (typeof PLACES)[number]
const placeOf = <Words extends ReturnType<typeof lineField>>(words: Words) =>
  z.strictObject({ kind: z.enum(PLACES), words: z.optional(words) })
export type MeetingPlace = z.output<ReturnType<typeof placeOf>>

/** `required`: whose answers matter most; read by the mediators alone. */
export const datesPropose = defineCommand('dates:propose', {
  input: z.strictObject({
    proposalId,
    times,
    zone,
    minutes,
    required: z.array(idField<ParticipantId>()).check(z.maxLength(MAX_PEOPLE)),
  }),
})
export const datesProposed = defineEvent('dates:proposed', 1, z.strictObject({ proposalId, times, zone: storedZone, minutes }))
export const peopleRequired = defineEvent(
  'people:required',
  1,
  z.strictObject({ proposalId, people: z.array(idField<ParticipantId>()).check(z.maxLength(MAX_PEOPLE)) }),
)

export const DATE_ANSWERS = ['yes', 'maybe', 'no'] as const
export type DateAnswer = (typeof DATE_ANSWERS)[number]
/** One for each of the times, in their order. */
const answers = z.array(z.enum(DATE_ANSWERS)).check(z.minLength(1), z.maxLength(MAX_TIMES))

export const datesAnswer = defineCommand('dates:answer', {
  input: z.strictObject({ proposalId, answers, words: z.optional(textField(MAX_ANSWER_WORDS)) }),
})
export const datesAnswered = defineEvent(
  'dates:answered',
  1,
  z.strictObject({ proposalId, answers, words: z.optional(storedText(MAX_ANSWER_WORDS)) }),
)

/** `seen`: how often the meeting had been fixed when the mediator looked; of two who move it at once the second is told. */
export const meetingFix = defineCommand('meeting:fix', {
  input: z.strictObject({ at, zone, minutes, place: placeOf(lineField(MAX_PLACE)), seen: z.int().check(z.minimum(0)) }),
})
/** `sequence`: 0 when it is first fixed, one more each time it is moved. */
export const meetingFixed = defineEvent(
  'meeting:fixed',
  1,
  z.strictObject({
    meetingId,
    sequence: z.int().check(z.minimum(0)),
    at,
    zone: storedZone,
    minutes,
    place: placeOf(storedLine(MAX_PLACE)),
  }),
)

export const meetingCancel = defineCommand('meeting:cancel', { input: z.strictObject({ meetingId }) })
export const meetingCancelled = defineEvent('meeting:cancelled', 1, z.strictObject({ meetingId }))

/** What is written to people about a meeting. */
export const NOTICES = ['fixed', 'cancelled', 'day', 'hour'] as const
export type Notice = (typeof NOTICES)[number]

/** A step of the system: a letter went to somebody. For the mediators alone: nobody else learns who has an address here. */
const noticeSent = z.strictObject({
  meetingId,
  sequence: z.int().check(z.minimum(0)),
  notice: z.enum(NOTICES),
  participantId: idField<ParticipantId>(),
})
export const meetingNote = defineCommand('meeting:note', { input: noticeSent })
export const meetingNoted = defineEvent('meeting:noted', 1, noticeSent)

export const SCHEDULING_REASONS = [
  'scheduling/past', // a time that is over
  'scheduling/twice', // the same time twice
  'scheduling/other-times', // the times have been proposed anew since they were looked at
  'scheduling/moved', // somebody else has moved or cancelled the meeting
  'scheduling/no-address', // a meeting at an address without one
  'scheduling/over',
] as const
export type SchedulingReason = (typeof SCHEDULING_REASONS)[number]
