// A group: some of the people of a case in a room of their own, with the mediators. All that happens in it stands in `room:<id>`; nobody
// outside learns that it exists. Rooms are channels: whoever is invited can read from then on, is shown as invited, and steps over by
// themselves.
import * as z from 'zod/mini'
import type { Letters } from '#shared/cases/people-fields.ts'
import type { ParticipantId, RoomId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField, timeField } from '#shared/protocol/fields.ts'
import { lineField, storedLine } from '#shared/protocol/text-fields.ts'

export const MAX_GROUP_NAME = 60
export const MAX_GROUP_PURPOSE = 160
/** Of one case, those that have ended among them. */
export const MAX_GROUPS = 50
const MAX_INVITED = 60

const room = { roomId: idField<RoomId>() }
const people = z.array(idField<ParticipantId>()).check(z.minLength(1), z.maxLength(MAX_INVITED))

/** `at`: milliseconds since 1970. */
const endAt = (at: z.ZodMiniType<number>) =>
  z.discriminatedUnion('way', [
    z.strictObject({ way: z.literal('open') }),
    z.strictObject({ way: z.literal('session') }),
    z.strictObject({ way: z.literal('at'), at }),
  ])
const storedEnd = endAt(z.int())
export type GroupEnd = z.output<typeof storedEnd>

const naming = (line: Letters) => ({ name: line(MAX_GROUP_NAME), purpose: z.optional(line(MAX_GROUP_PURPOSE)) })

/** The id is made by the device, so that asking again is harmless. */
export const groupOpen = defineCommand('room:open', {
  input: z.strictObject({ ...room, ...naming(lineField), people, end: endAt(timeField) }),
})
export const groupOpened = defineEvent('room:opened', 1, z.strictObject({ ...naming(storedLine), end: storedEnd }))

export const groupRename = defineCommand('room:rename', { input: z.strictObject({ ...room, ...naming(lineField) }) })
export const groupRenamed = defineEvent('room:renamed', 1, z.strictObject(naming(storedLine)))

export const groupInvite = defineCommand('room:invite', { input: z.strictObject({ ...room, people }) })
export const groupRelease = defineCommand('room:release', { input: z.strictObject({ ...room, participantId: idField<ParticipantId>() }) })

/** Somebody's own step: over into the room, or out of it for good. */
export const groupEnter = defineCommand('room:enter', { input: z.strictObject(room) })
export const groupEntered = defineEvent('room:entered', 1, z.strictObject({}))
export const groupLeave = defineCommand('room:leave', { input: z.strictObject(room) })

/** Nobody writes there any more; whoever was in it goes on reading. */
export const groupEnd = defineCommand('room:end', { input: z.strictObject(room) })
/** Follows from its time, or from the end of the session. Only writes down what is so already. */
export const groupClose = defineCommand('room:close', { input: z.strictObject(room) })
export const groupEnded = defineEvent('room:ended', 1, z.strictObject({}))

/** Its side has left the mediation: with it go its people. */
export const groupVacate = defineCommand('room:vacate', { input: z.strictObject({ ...room, participantId: idField<ParticipantId>() }) })
