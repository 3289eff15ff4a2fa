// Audiences as rooms: who has the right to be in them, who is in them, and how one gets in and out.
import * as z from 'zod/mini'
import { ROLES } from '#shared/kernel/actor.ts'
import type { GrantId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'

const participant = z.strictObject({ participantId: idField<ParticipantId>() })
const grant = idField<GrantId>()

/** A right to read the audience that this event stands in, and nothing about any other: in `case` it would tell of a caucus. */
export const grantGiven = defineEvent(
  'grant:given',
  2,
  z.strictObject({
    grantId: grant,
    participantId: idField<ParticipantId>(),
    role: z.enum(ROLES),
    /** Milliseconds since 1970; in force from `from` on and before `until`, by the server's clock. */
    from: z.int(),
    until: z.optional(z.int()),
    /** Whoever comes late: of the conversation nothing that stands before their own `room:joined`. Absent: from the audience's first event on. */
    words: z.optional(z.literal('from-joining')),
    /** Ends with the session in which it was given, or at `until`, whichever comes first. */
    withSession: z.optional(z.boolean()),
  }),
  { 1: (old) => old },
)
export const grantEnded = defineEvent('grant:ended', 1, z.strictObject({ grantId: grant }))

/** Follows from the time a grant ends at. Only writes down what the clock has decided already. */
export const grantExpire = defineCommand('grant:expire', { input: z.strictObject({ audience: audienceField, grantId: grant }) })

/**
 * The fact beside the right: a membership opens an audience from its first event.
 * Without a grant it is grant and fact in one: so in all that was written as version 1, and in a version's signers' own audience, where
 * the right follows from the frozen version.
 */
export const roomJoined = defineEvent(
  'room:joined',
  2,
  z.strictObject({ participantId: idField<ParticipantId>(), grantId: z.optional(grant) }),
  { 1: (old) => old },
)
/** Reading, resuming and exporting stop at this event. */
export const roomLeft = defineEvent('room:left', 1, participant)

/** Opens to somebody who came late what was said before, from the event `from` of the audience on. */
export const earlierOpen = defineCommand('earlier:open', {
  input: z.strictObject({ audience: audienceField, participantId: idField<ParticipantId>(), from: z.int().check(z.minimum(1)) }),
})
export const earlierOpened = defineEvent(
  'earlier:opened',
  1,
  z.strictObject({ participantId: idField<ParticipantId>(), from: z.int().check(z.minimum(1)) }),
)

/** From the waiting room into the joint session, or first into the side's own room. */
export const personAdmit = defineCommand('person:admit', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), to: z.enum(['all', 'side']) }),
})

const ROOM_REASONS = [
  'rooms/not-arrived',
  'rooms/not-confirmed',
  'rooms/already-in',
  'rooms/no-session',
  'rooms/group-over',
  'rooms/not-inside',
  'rooms/too-many-groups',
  'rooms/caucus-only',
  'rooms/joint-begun',
] as const
export type RoomReason = (typeof ROOM_REASONS)[number]
