// Routes of an invited person: look at the link, type the code, keep the session.
// The secret of the link stands in the fragment (`/join#<secret>`) and reaches the server in a JSON body only, so that no log, proxy or preview sees it.
import * as z from 'zod/mini'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { nothing } from './identity-protocol.ts'
import { codeField, secretField } from './join-fields.ts'

/** `keep` false ("this is not my device"): the cookie ends with the browser, and the client stores nothing. Times are milliseconds since 1970. */
export const personSession = z.strictObject({
  token: z.string(),
  expiresAt: z.int(),
  caseId: idField<CaseId>(),
  participantId: idField<ParticipantId>(),
  keep: z.boolean(),
})
export type PersonSession = z.output<typeof personSession>

/** Changes nothing, however often it is asked. A mistyped, replaced or revoked link is `identity/link-unknown`. */
export const joinLook = defineRoute({
  method: 'POST',
  path: '/api/join/look',
  auth: 'none',
  input: z.strictObject({ secret: secretField }),
  answer: z.strictObject({ mediatorName: z.string(), language: localeField }),
})

/** The code binds the link to this device. */
export const joinEnter = defineRoute({
  method: 'POST',
  path: '/api/join/enter',
  auth: 'none',
  input: z.strictObject({ secret: secretField, code: codeField, keep: z.boolean() }),
  answer: personSession,
})

const whose = z.strictObject({ participantId: idField<ParticipantId>() })

/** One cookie per participant, so that one browser can hold several people's sessions apart (a family's tablet, a demonstration). */
export const personRefresh = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/refresh',
  auth: 'none',
  input: whose,
  answer: personSession,
})

/** Ends the session on this device; the mediator must make a new code to come back. */
export const personSignOut = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/end',
  auth: 'none',
  input: whose,
  answer: nothing,
})

export const joinRoutes = [joinLook, joinEnter, personRefresh, personSignOut] as const
