// Another mediator, beside the one who is there or in their place: proposed, agreed to by all sides (art. 9(1), 20(7)), and then part of the case.
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { caseMediatorField } from './case-protocol.ts'

const participant = idField<ParticipantId>()

/** A step of the page that knows which accounts there are: nobody is proposed who could not come in. */
export const mediatorPropose = defineCommand('mediator:propose', {
  input: z.strictObject({
    by: participant,
    mediator: caseMediatorField,
    insteadOf: z.optional(participant),
    /** Who speaks for a side now, and is asked. */
    asked: z.array(participant),
  }),
})

/** Once all sides have agreed: they are part of the case, and whoever they come in the place of is not, in the same moment. */
export const mediatorAdd = defineCommand('mediator:add', { input: z.strictObject({ participantId: participant }) })
