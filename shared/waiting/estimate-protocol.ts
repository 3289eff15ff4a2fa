// When the mediator expects to be back with those who wait. Told to everybody alike, in `case`, for some wait before they are let in; typed by
// the mediator and by nothing else: whatever followed from rooms would tell how long somebody is talked with (docs/decisions/115).
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'

const time = z.strictObject({ at: z.int().check(z.minimum(0)) })

/** In place of the one before. */
export const estimateGive = defineCommand('estimate:give', { input: time })
export const estimateGiven = defineEvent('estimate:given', 1, time)

export const estimateWithdraw = defineCommand('estimate:withdraw', { input: z.strictObject({}) })
export const estimateWithdrawn = defineEvent('estimate:withdrawn', 1, z.strictObject({}))
