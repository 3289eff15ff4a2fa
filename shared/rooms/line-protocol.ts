// The line between the joint room and its mediators. Told by the server in `all`, to everybody there alike; where a mediator is otherwise is
// nobody's to know.
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'

const nothing = z.strictObject({})
export const lineInterrupt = defineCommand('line:interrupt', { input: nothing })
export const lineInterrupted = defineEvent('line:interrupted', 1, nothing)
export const lineRestore = defineCommand('line:restore', { input: nothing })
export const lineRestored = defineEvent('line:restored', 1, nothing)
