// A private talk of the mediator with one side. Rooms are channels: the mediator invites, the side steps over, nobody is moved.
import * as z from 'zod/mini'
import type { SideId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { lineField, storedLine } from '#shared/protocol/text-fields.ts'

const side = { sideId: idField<SideId>() }

export const caucusInvite = defineCommand('caucus:invite', { input: z.strictObject(side) })
export const caucusInvited = defineEvent('caucus:invited', 1, z.strictObject({}))

/** The side is asked whether somebody sits with them: the mediator must know who hears. */
const company = z.enum(['alone', 'accompanied'])
export const caucusEnter = defineCommand('caucus:enter', {
  input: z.strictObject({ ...side, company, companions: z.optional(lineField(160)) }),
})
export const caucusEntered = defineEvent('caucus:entered', 1, z.strictObject({ company, companions: z.optional(storedLine(160)) }))

export const caucusEnd = defineCommand('caucus:end', { input: z.strictObject(side) })
export const caucusEnded = defineEvent('caucus:ended', 1, z.strictObject({}))

export const CALL_REASONS = ['talk', 'question', 'pause'] as const
export const mediatorCall = defineCommand('mediator:call', { input: z.strictObject({ ...side, reason: z.enum(CALL_REASONS) }) })
export const mediatorCalled = defineEvent('mediator:called', 1, z.strictObject({ reason: z.enum(CALL_REASONS) }))
export const callAnswer = defineCommand('call:answer', { input: z.strictObject(side) })
export const callAnswered = defineEvent('call:answered', 1, z.strictObject({}))

const CAUCUS_REASONS = [
  'caucus/not-invited',
  'caucus/not-open',
  'caucus/already-invited',
  'caucus/no-session',
  'caucus/nobody-there',
] as const
export type CaucusReason = (typeof CAUCUS_REASONS)[number]
