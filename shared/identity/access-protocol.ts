// How somebody of a side gets in, as events of their own line to the mediator: nobody can make a link, change an address or bind a device in
// their name without the person's other devices being told. No address stands in them, and no secret.
import * as z from 'zod/mini'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'
import { CODE_WAYS } from './code-ways.ts'
import { deviceIdField } from './join-fields.ts'

const participantId = idField<ParticipantId>()
const deviceId = deviceIdField

/** By which ways a code can reach a person without passing through the mediator's hands. */
export const CONTACT_WAYS = ['mail', 'sms'] as const
export type ContactWay = (typeof CONTACT_WAYS)[number]

const accessChange = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('link-made'), by: participantId }),
  z.strictObject({ what: z.literal('contacts-changed'), by: participantId, contacts: z.array(z.enum(['phone', 'email'])) }),
  /** `device`: browser and system in coarse words. `code`: how the code that it showed had gone out. */
  z.strictObject({ what: z.literal('device-bound'), deviceId, device: storedLine(60), code: z.enum(CODE_WAYS) }),
  /** An earlier device of the same person says that the later one is theirs. */
  z.strictObject({ what: z.literal('device-confirmed'), deviceId, with: deviceId }),
  z.strictObject({ what: z.literal('device-ended'), deviceId, by: participantId }),
  /** Where codes for signing go from now on: told by the person, on this device, and shown to reach them. */
  z.strictObject({ what: z.literal('contact-confirmed'), way: z.enum(CONTACT_WAYS), deviceId }),
  z.strictObject({ what: z.literal('contact-removed'), deviceId }),
])
export type AccessChange = z.output<typeof accessChange>

/** A step of the system: whoever did it stands in its body. */
export const accessNote = defineCommand('access:note', { input: z.strictObject({ participantId, change: accessChange }) })
export const accessChanged = defineEvent('access:changed', 1, accessChange)

/** By which id the asker's own device stands in the events of their line. */
export const deviceLook = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/device',
  auth: 'person',
  input: z.strictObject({ caseId: idField<CaseId>() }),
  answer: z.strictObject({ deviceId }),
})

/** An earlier device says whether a later one is this person's too; if not, that one ends. */
export const deviceAnswer = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/devices/:deviceId/answer',
  auth: 'person',
  binds: true,
  input: z.strictObject({ caseId: idField<CaseId>(), deviceId, mine: z.boolean() }),
  answer: z.strictObject({}),
})
