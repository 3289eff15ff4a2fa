// A child in danger (Law on Mediation, art. 25(3)): the mediator must turn to the body that protects children. What is written here stands in
// the mediator's own audience: nobody else in the case learns of it, nor that there is anything.
import * as z from 'zod/mini'
import type { CommandId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedText, textField } from '#shared/protocol/text-fields.ts'

export const MAX_REPORT_LENGTH = 6000

/** Made by the device, so that asking again is harmless. */
const reportId = idField<CommandId>()

/** A report is not edited: what more there is to say is another one. */
export const childReportMake = defineCommand('child-report:make', {
  input: z.strictObject({ reportId, text: textField(MAX_REPORT_LENGTH) }),
})
export const childReportMade = saidEvent(
  defineEvent('child-report:made', 1, z.strictObject({ reportId, text: storedText(MAX_REPORT_LENGTH) })),
)

/** How it was handed over; the platform itself sends nothing. */
export const REPORT_WAYS = ['in-person', 'post', 'mail', 'phone'] as const
const way = z.enum(REPORT_WAYS)
export const childReportHandOver = defineCommand('child-report:hand-over', { input: z.strictObject({ reportId, way }) })
export const childReportHandedOver = defineEvent('child-report:handed-over', 1, z.strictObject({ reportId, way }))
