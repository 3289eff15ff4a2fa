// The opening statement: what all may read one day, and what the mediator alone reads. It stands on the person's own line to the mediator,
// for before a session nobody is in their side's room yet (docs/decisions/110).
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { unfinishedField } from '#shared/protocol/text-fields.ts'

export const MAX_STATEMENT_LENGTH = 4_000

export const STATEMENT_PARTS = ['all', 'mediator'] as const
export type StatementPart = (typeof STATEMENT_PARTS)[number]
const part = z.enum(STATEMENT_PARTS)
const storedStatement = z.string().check(z.maxLength(MAX_STATEMENT_LENGTH))

/** In place of what stood there; an empty text takes it back. */
export const statementWrite = defineCommand('statement:write', {
  input: z.strictObject({ part, text: unfinishedField(MAX_STATEMENT_LENGTH) }),
})
export const statementWritten = saidEvent(defineEvent('statement:written', 1, z.strictObject({ part, text: storedStatement })))

/** Whether the part for all may be shown. `written`: how often it had been written when its author looked, so that nobody allows other words. */
export const statementAllow = defineCommand('statement:allow', {
  input: z.strictObject({ allowed: z.boolean(), written: z.int().check(z.minimum(0)) }),
})
export const statementAllowed = defineEvent('statement:allowed', 1, z.strictObject({ allowed: z.boolean() }))

/** All that may be shown and has not been, at one time: nobody reads another's account before their own stands there. */
export const statementsShow = defineCommand('statements:show', { input: z.strictObject({}) })
/** In the joint session. */
export const statementShown = saidEvent(
  defineEvent('statement:shown', 1, z.strictObject({ participantId: idField<ParticipantId>(), text: storedStatement })),
)
/** The same, on its author's own line: from here on it is not changed. */
export const statementFrozen = defineEvent('statement:frozen', 1, z.strictObject({}))

export const PREPARATION_REASONS = [
  'preparation/over',
  'preparation/shown', // it stands before all already
  'preparation/changed', // other words than those that were looked at
  'preparation/empty',
  'preparation/nothing-to-show',
  'preparation/no-session',
] as const
export type PreparationReason = (typeof PREPARATION_REASONS)[number]
