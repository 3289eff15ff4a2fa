// Audiences as rooms: who is in them, and how one gets in and out.
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'

const participant = z.strictObject({ participantId: idField<ParticipantId>() })

/** A membership opens an audience from its first event. */
export const roomJoined = defineEvent('room:joined', 1, participant)
/** Reading, resuming and exporting stop at this event. */
export const roomLeft = defineEvent('room:left', 1, participant)

/** Somebody's code was accepted: they see the case and may write to the mediator. */
export const personEnter = defineCommand('person:enter', { input: participant })

/** From the waiting room into the joint session, or first into the side's own room. */
export const personAdmit = defineCommand('person:admit', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), to: z.enum(['all', 'side']) }),
})

/** The mediator takes somebody out of the case: every membership ends, connections close. */
export const personRemove = defineCommand('person:remove', { input: participant })

const ROOM_REASONS = ['rooms/not-arrived', 'rooms/not-confirmed', 'rooms/already-in', 'rooms/no-session'] as const
export type RoomReason = (typeof ROOM_REASONS)[number]
