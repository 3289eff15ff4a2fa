import * as z from 'zod/mini'
import { defineCommand, defineEvent, pagedEvent, uncountedEvent } from '#shared/protocol/define.ts'
import { audienceField } from '#shared/protocol/fields.ts'

/** More rooms than anybody can be in. */
const MAX_READ_MARKS = 200
/** No mark of one person comes sooner after the one before. */
export const MARKS_APART_MS = 2_000

/** Up to which number a conversation was before a person's eyes. */
const mark = z.strictObject({ audience: audienceField, seq: z.int().check(z.minimum(1)) })
const marks = z.array(mark).check(z.minLength(1), z.maxLength(MAX_READ_MARKS))

export const readMark = defineCommand('messages:mark-read', { input: z.strictObject({ marks }) })
/** In a person's own audience. Each names every room, so that the last alone says all. */
export const messagesRead = uncountedEvent(pagedEvent(defineEvent('messages:read', 1, z.strictObject({ marks }))))
