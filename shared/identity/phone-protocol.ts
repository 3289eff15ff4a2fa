// One telephone, several people: whoever gives it away leaves their session held on it, and only their own code opens it again.
import * as z from 'zod/mini'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import { defineRoute } from '#shared/protocol/route.ts'
import { nothing } from './identity-protocol.ts'
import { codeField } from './join-fields.ts'
import { personSession } from './join-protocol.ts'

const participantId = idField<ParticipantId>()

/** Digits that are tried first: all alike, or one after the other. Judged by device and server alike. */
export function isEasyCode(code: string): boolean {
  const steps = [...code].slice(1).map((digit, at) => (Number(digit) - Number(code[at]) + 10) % 10)
  return steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0)
}

/** From here on nothing is done or read in this person's name on this device. `code`: chosen now; without one, that of the last time stands. */
export const personHandOver = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/hand-over',
  auth: 'none',
  input: z.strictObject({ participantId, code: z.optional(codeField) }),
  answer: nothing,
})

/** The right code opens the session again. A wrong one changes nothing but the tries that are left. */
export const personTakeBack = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/take-back',
  auth: 'none',
  input: z.strictObject({ participantId, code: codeField }),
  answer: personSession,
})

/** Where what binds is refused with `identity/own-code-needed`: chosen on this device, once. */
export const personChooseCode = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/choose-code',
  auth: 'none',
  input: z.strictObject({ participantId, code: codeField }),
  answer: nothing,
})

/** Where it is refused with `identity/own-code-asked`: the right one speaks for some minutes for what its person does on this device. */
export const personShowCode = defineRoute({
  method: 'POST',
  path: '/api/people/:participantId/session/show-code',
  auth: 'none',
  input: z.strictObject({ participantId, code: codeField }),
  answer: nothing,
})

export const phoneRoutes = [personHandOver, personTakeBack, personChooseCode, personShowCode] as const
