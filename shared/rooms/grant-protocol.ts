// Whoever belongs to no side's rooms by their role is let into one audience at a time, for a time, by the mediator.
import * as z from 'zod/mini'
import type { GrantId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import { audienceField, idField, timeField } from '#shared/protocol/fields.ts'

export const grantGive = defineCommand('grant:give', {
  input: z.strictObject({
    audience: audienceField,
    participantId: idField<ParticipantId>(),
    /** Milliseconds since 1970; at once without. */
    from: z.optional(timeField),
    until: z.optional(timeField),
    /** Ends with the session that runs, or at `until`, whichever comes first. */
    withSession: z.optional(z.boolean()),
  }),
})

/** Takes back whatever somebody has of one audience. */
export const grantTake = defineCommand('grant:take', {
  input: z.strictObject({ audience: audienceField, participantId: idField<ParticipantId>() }),
})

/** Follows from the end of a session, or from a consent that does not stand any more. */
export const grantClose = defineCommand('grant:close', { input: z.strictObject({ audience: audienceField, grantId: idField<GrantId>() }) })

/** Follows when the last who guarded a party under age is out of a room that joins sides: the party goes out too (art. 24(3)). */
export const minorLeadOut = defineCommand('minor:lead-out', {
  input: z.strictObject({ audience: audienceField, participantId: idField<ParticipantId>() }),
})

const GRANT_REASONS = [
  'rooms/no-consent', // those whose words they would hear have not agreed yet, or do not
  'rooms/minor-alone', // art. 24(3): neither legal representative nor teacher nor psychologist is in the joint talk; details: names
  'rooms/grant-ended', // one's own time in this room is over
] as const
export type GrantReason = (typeof GRANT_REASONS)[number]
