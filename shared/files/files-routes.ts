import * as z from 'zod/mini'
import type { CaseId, FileId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { defineDownload, defineRoute } from '#shared/protocol/route.ts'

const caseId = idField<CaseId>()
const fileId = idField<FileId>()

/** `thumbnail` of whatever has a preview, `view` of a picture, `page-1` and so on of a PDF. */
const preview = z.string().check(z.regex(/^(thumbnail|view|page-[1-9]\d{0,2})$/))

/** What the asker may still send in this case, from their own doings alone. */
export const fileAllowance = defineRoute({
  method: 'GET',
  path: '/api/cases/:caseId/files',
  auth: 'person',
  input: z.strictObject({ caseId }),
  answer: z.strictObject({
    /** Bytes of one file at most. */
    largestFile: z.int(),
    /** Bytes that are left of what one person may send in a case; what is under way is counted. */
    left: z.int(),
    /** Uploads that may be open at once. */
    openAtOnce: z.int(),
  }),
})

/** The very bytes whose digest stands in the event. The name and the type are for the device to give, from the event. */
export const fileDownload = defineDownload({
  path: '/api/cases/:caseId/files/:fileId',
  auth: 'person',
  input: z.strictObject({ caseId, fileId }),
  mediaType: 'application/octet-stream',
})

export const filePreview = defineDownload({
  path: '/api/cases/:caseId/files/:fileId/previews/:preview',
  auth: 'person',
  input: z.strictObject({ caseId, fileId, preview }),
  mediaType: 'image/webp',
})
