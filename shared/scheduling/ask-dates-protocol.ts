// What is asked about the day of a meeting. Beside the events, since a device needs those with the room and these with a form.
import * as z from 'zod/mini'
import { defineCommand } from '#shared/protocol/define.ts'
import { lineField, textField } from '#shared/protocol/text-fields.ts'
import {
  answersField,
  MAX_ANSWER_WORDS,
  MAX_PLACE,
  meetingIdField,
  minutesField,
  momentField,
  noticeField,
  placeOf,
  proposalIdField,
  requiredField,
  storedZone,
  timesField,
} from './scheduling-protocol.ts'

/** `required`: whose answers matter most; read by the mediators alone. */
export const datesPropose = defineCommand('dates:propose', {
  input: z.strictObject({
    proposalId: proposalIdField,
    times: timesField,
    zone: storedZone,
    minutes: minutesField,
    required: requiredField,
  }),
})

export const datesAnswer = defineCommand('dates:answer', {
  input: z.strictObject({ proposalId: proposalIdField, answers: answersField, words: z.optional(textField(MAX_ANSWER_WORDS)) }),
})

/** `seen`: how often the meeting had been fixed when the mediator looked; of two who move it at once the second is told. */
export const meetingFix = defineCommand('meeting:fix', {
  input: z.strictObject({
    at: momentField,
    zone: storedZone,
    minutes: minutesField,
    place: placeOf(lineField(MAX_PLACE)),
    seen: z.int().check(z.minimum(0)),
  }),
})

export const meetingCancel = defineCommand('meeting:cancel', { input: z.strictObject({ meetingId: meetingIdField }) })

/** A step of the system: a letter went. */
export const meetingNote = defineCommand('meeting:note', { input: noticeField })

const SCHEDULING_REASONS = [
  'scheduling/past', // a time that is over
  'scheduling/twice', // the same time twice
  'scheduling/other-times', // the times have been proposed anew since they were looked at
  'scheduling/moved', // somebody else has moved or cancelled the meeting
  'scheduling/no-address', // a meeting at an address without one
  'scheduling/over',
] as const
export type SchedulingReason = (typeof SCHEDULING_REASONS)[number]
