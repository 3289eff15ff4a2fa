import * as z from 'zod/mini'
import { defineRoute } from '#shared/protocol/route.ts'

/** To whom a mediator turns, as this installation has it; asked by staff alone. */
export const childProtectionLook = defineRoute({
  method: 'GET',
  path: '/api/child-protection',
  auth: 'staff',
  input: z.strictObject({}),
  answer: z.strictObject({ body: z.optional(z.string()) }),
})
