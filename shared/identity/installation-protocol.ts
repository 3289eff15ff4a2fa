// What any visitor may ask. Apart from the routes of staff, because the first page is kept on every device that comes by.
import * as z from 'zod/mini'
import { defineRoute } from '#shared/protocol/route.ts'
import { nothing } from './identity-protocol.ts'

/**
 * What a visitor may know before signing in. `mail`: it sends mail. `sink`: its messages land in a local sink instead, and this visitor
 * may read it.
 */
export const installationLook = defineRoute({
  method: 'GET',
  path: '/api/installation',
  auth: 'none',
  input: nothing,
  answer: z.strictObject({ ready: z.boolean(), demo: z.boolean(), mail: z.boolean(), sink: z.boolean() }),
})
