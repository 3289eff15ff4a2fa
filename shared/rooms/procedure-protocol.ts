// How the talks of this case are held, where it differs from the usual: the same words for everybody, and never a reason.
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'

const procedure = z.strictObject({
  /** Nobody is let into joint talk: the mediator speaks with each side apart. */
  caucusOnly: z.boolean(),
  noVideo: z.boolean(),
  breaks: z.boolean(),
  interpreter: z.boolean(),
})
export type Procedure = z.output<typeof procedure>
export const PROCEDURE_POINTS = ['caucusOnly', 'noVideo', 'breaks', 'interpreter'] as const satisfies readonly (keyof Procedure)[]

export const procedureSet = defineCommand('procedure:set', { input: procedure })
export const procedureChanged = defineEvent('procedure:changed', 1, procedure)
