// The record of the joint session, to keep and to show.
import * as z from 'zod/mini'
import type { CaseId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineDownload } from '#shared/protocol/route.ts'

/** `language`: of what we print around the words that people wrote. */
export const recordDownload = defineDownload({
  path: '/api/cases/:caseId/joint-record.zip',
  auth: 'person',
  input: z.strictObject({ caseId: idField<CaseId>(), language: localeField }),
  mediaType: 'application/zip',
})

const JOINT_RECORD_REASONS = [
  'joint-record/judge', // a judge who conciliates keeps none
  'joint-record/not-whole', // the asker does not read it from its beginning
  'joint-record/cannot-make',
] as const
export type JointRecordReason = (typeof JOINT_RECORD_REASONS)[number]
