// Those whose words somebody would hear are asked first: the side whose room it is, in that room; for the joint room each side apart, in each
// one's own line to the mediator, so that nobody learns what another answered.
import * as z from 'zod/mini'
import { openingMediator } from '#shared/cases/people-fields.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'

const mediatorFacts = openingMediator(storedLine)
export type MediatorFacts = z.output<typeof mediatorFacts>

/** About whom, and which audience they would come into. `mediators`: whether they shall mediate (art. 9(1), 20(7)). */
const question = { audience: audienceField, participantId: idField<ParticipantId>() }

export const consentAsk = defineCommand('consent:ask', { input: z.strictObject(question) })
export const consentAsked = defineEvent(
  'consent:asked',
  1,
  z.strictObject({
    ...question,
    /** Of a mediator who is proposed, whom the case does not know yet. */
    mediator: z.optional(mediatorFacts),
    insteadOf: z.optional(idField<ParticipantId>()),
  }),
)

/** One's own answer, which can be changed at any time: a no ends what it was asked for. */
export const consentAnswer = defineCommand('consent:answer', { input: z.strictObject({ ...question, agreed: z.boolean() }) })
export const consentAnswered = defineEvent('consent:answered', 1, z.strictObject({ ...question, agreed: z.boolean() }))
