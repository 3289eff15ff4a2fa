// What a mediator locks in one room, for everybody in it but the mediators. The event stands in that room: all of them see the same.
import * as z from 'zod/mini'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { audienceField } from '#shared/protocol/fields.ts'

export const LOCK_KINDS = ['messages', 'files', 'draft', 'calls'] as const
export type LockKind = (typeof LOCK_KINDS)[number]
const what = z.enum(LOCK_KINDS)

export const roomLock = defineCommand('room:lock', { input: z.strictObject({ audience: audienceField, what }) })
/** `followed`: it came with a lock of the joint room, and goes with it. */
export const lockSet = defineEvent('lock:set', 1, z.strictObject({ what, followed: z.optional(z.boolean()) }))

export const roomUnlock = defineCommand('room:unlock', { input: z.strictObject({ audience: audienceField, what }) })
export const lockLifted = defineEvent('lock:lifted', 1, z.strictObject({ what }))
