// What is known of a signature besides its bytes: what its author and the mediator are told, and what its sealed record says.
import * as z from 'zod/mini'
import type { VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { digestField } from './named-digest.ts'
import { identityLevelField, momentField, sealValueField, signingMethod } from './record-fields.ts'
import { SEAL_SCHEMES, signatureSchemeField } from './schemes.ts'

export const sealFields = { at: momentField, key: digestField, value: sealValueField }
export const sealField = z.strictObject({ scheme: z.enum(SEAL_SCHEMES), ...sealFields })

export const signatureFacts = {
  versionId: idField<VersionId>(),
  scheme: signatureSchemeField,
  /** Of the signature's bytes. */
  signatureDigest: digestField,
  /** The server's time, also inside the signature, in whole seconds there. */
  signedAt: momentField,
  method: signingMethod,
  identityLevel: identityLevelField,
  certificateDigest: digestField,
  seal: sealField,
}
