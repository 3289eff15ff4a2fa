// The joint session's record is closed by a dated act of the mediator: nothing more is written there, by anybody.
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'

export const recordClose = defineCommand('record:close', { input: z.strictObject({}) })
export const recordClosed = defineEvent('record:closed', 1, z.strictObject({}))
