// Where codes for signing reach a person of a side without passing through the mediator's hands: named by the person on a device of their
// own, and shown to reach them before it counts.
import * as z from 'zod/mini'
import { CONTACT_WAYS } from '#shared/identity/access-protocol.ts'
import { emailField, phoneField } from '#shared/identity/identity-fields.ts'
import { codeField } from '#shared/identity/join-fields.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'

const of = { caseId: idField<CaseId>() }
const contactField = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('mail'), address: emailField }),
  z.strictObject({ way: z.literal('sms'), address: phoneField }),
])
export type CodeContact = z.output<typeof contactField>

export const codeContactLook = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/code-contact',
  auth: 'person',
  input: z.strictObject(of),
  answer: z.strictObject({
    /** The address is shown where it was confirmed, and on devices that were answered for there: another may be somebody else's. */
    confirmed: z.union([z.null(), z.strictObject({ way: z.enum(CONTACT_WAYS), address: z.union([z.null(), z.string()]) })]),
    /** As the mediator wrote them down; empty where nothing is known. */
    known: z.strictObject({ mail: z.string(), sms: z.string() }),
    /** That this installation can send by. */
    ways: z.array(z.enum(CONTACT_WAYS)),
  }),
})

/** Sends a code there; the one sent before is void, and what is confirmed stands until another is. */
export const codeContactAsk = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/code-contact/ask',
  auth: 'person',
  binds: true,
  input: z.strictObject({ ...of, contact: contactField }),
  answer: z.strictObject({ expiresAt: z.int() }),
})

export const codeContactConfirm = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/code-contact/confirm',
  auth: 'person',
  binds: true,
  input: z.strictObject({ ...of, code: codeField }),
  answer: z.strictObject({ way: z.enum(CONTACT_WAYS) }),
})

/** From then on the mediator reads codes out, and so knows them. */
export const codeContactRemove = defineRoute({
  method: 'POST',
  path: '/api/cases/:caseId/code-contact/remove',
  auth: 'person',
  binds: true,
  input: z.strictObject(of),
  answer: z.strictObject({}),
})
