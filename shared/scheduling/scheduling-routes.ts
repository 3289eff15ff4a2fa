import * as z from 'zod/mini'
import type { CaseId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { defineDownload } from '#shared/protocol/route.ts'

/** The meeting that is ahead, for a calendar of one's own; says nothing of the case. */
export const calendarDownload = defineDownload({
  path: '/api/cases/:caseId/meeting.ics',
  auth: 'person',
  input: z.strictObject({ caseId: idField<CaseId>(), language: z.enum(['kk', 'ru', 'en']) }),
  mediaType: 'text/calendar; charset=utf-8',
})
