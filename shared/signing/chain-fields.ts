// Fields of the records in the signers' chain, whatever their format. Apart from record-fields.ts, because no device on its way to a room
// reads such records.
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { storedLine } from '#shared/protocol/text-fields.ts'
import { recordLocaleField } from './record-fields.ts'

export const revisionField = z.int().check(z.minimum(0))
export const textCodeField = z.string().check(z.regex(/^\d{4} \d{4} \d{4}$/))
export const languagesField = z.array(recordLocaleField).check(z.minLength(1), z.maxLength(3))
/** Base64 with its padding, as one way of writing for given bytes. */
export const signatureBytesField = z
  .string()
  .check(z.maxLength(20_000), z.regex(/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/))
export const partNameField = z.string().check(z.maxLength(100))

const signerField = z.strictObject({
  participantId: idField<ParticipantId>(),
  name: storedLine(200),
  role: z.enum(['mediator', 'party', 'representative']),
  /** The side's name as the case calls it; a mediator has none. */
  side: z.optional(storedLine(200)),
})
export type Signer = z.output<typeof signerField>
export const signersField = z.array(signerField).check(z.minLength(2), z.maxLength(50))
