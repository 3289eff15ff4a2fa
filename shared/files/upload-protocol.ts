// How the bytes of a file come: by the tus protocol (https://tus.io/protocols/resumable-upload, 1.0.0, with `creation` and `termination`),
// so that what was interrupted goes on where it stopped, on whichever server. What the headers say of the file is read here.
import * as z from 'zod/mini'
import type { CaseId } from '#shared/kernel/ids.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'
import { defineUpload } from '#shared/protocol/route.ts'
import { evidenceField, fileNameField } from './files-protocol.ts'

/** What a device sends in one request at most: it fits into a minute of a slow line, and nothing of it is lost if the line drops. */
export const UPLOAD_REQUEST_BYTES = 512 * 1024

/** The `Upload-Metadata` of a new upload. */
export const uploadMetadata = z.strictObject({ audience: audienceField, name: fileNameField, evidence: evidenceField })
export type UploadMetadata = z.output<typeof uploadMetadata>

/** `POST` begins one; `HEAD`, `PATCH` and `DELETE` go to the `Location` that was answered, whose last part is the file's id. */
export const fileUpload = defineUpload({
  path: '/api/cases/:caseId/uploads',
  auth: 'person',
  input: z.strictObject({ caseId: idField<CaseId>() }),
})
