// Who is in a case, by events of `case`: everybody there sees who comes, whose name was corrected and who is no longer part of it.
// Telephone and e-mail are not here: they stay with the invitation, for the mediator alone.
import * as z from 'zod/mini'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { lineField, storedLine, storedLines } from '#shared/protocol/text-fields.ts'
import { addedRoleField, correctable, personOf, sideOf } from './people-fields.ts'

const participant = z.strictObject({ participantId: idField<ParticipantId>() })

const storedSide = sideOf(storedLine, storedLines)
export type Side = z.output<typeof storedSide>
export const sideAdded = defineEvent('side:added', 1, storedSide)

const storedPerson = personOf(storedLine)
export type PersonFacts = z.output<typeof storedPerson>

/** Somebody who is added once more after `person:ended` has come back. */
export const personAdded = defineEvent('person:added', 2, storedPerson, { 1: (old) => old })
/**
 * Adds somebody: to a side, or to none, as their role has it; in the place of somebody who goes in the same moment, if they are named. The id
 * is made by the device, so that asking again is harmless.
 */
export const personAdd = defineCommand('person:add', {
  input: z.strictObject({
    participantId: idField<ParticipantId>(),
    sideId: z.optional(idField<SideId>()),
    role: addedRoleField,
    insteadOf: z.optional(idField<ParticipantId>()),
    ...correctable(lineField),
  }),
})

export const personCorrect = defineCommand('person:correct', {
  input: z.strictObject({ participantId: idField<ParticipantId>(), ...correctable(lineField) }),
})
export const personCorrected = defineEvent(
  'person:corrected',
  2,
  z.strictObject({ participantId: idField<ParticipantId>(), ...correctable(storedLine) }),
  { 1: (old) => old },
)

/** Somebody's code was accepted: they see the case and may write to the mediator. */
export const personEnter = defineCommand('person:enter', { input: participant })

/** Takes somebody out of the case: grants and memberships end, connections close. */
export const personEnd = defineCommand('person:end', { input: participant })
export const personEnded = defineEvent('person:ended', 1, participant)
