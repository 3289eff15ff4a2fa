import * as z from 'zod/mini'
import type { CommandId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { audienceField, idField, textField } from '#shared/protocol/fields.ts'

export const MAX_MESSAGE_LENGTH = 4000

const message = {
  /** Made by the author's device, equal to the command's id: a retry posts once, and the outbox finds its own. */
  id: idField<CommandId>(),
  text: textField(MAX_MESSAGE_LENGTH),
}

export const messagePost = defineCommand('message:post', { input: z.strictObject({ audience: audienceField, ...message }) })
export const messagePosted = defineEvent('message:posted', 1, z.strictObject(message))

const MESSAGING_REASONS = ['messaging/closed', 'messaging/readers-changed'] as const
export type MessagingReason = (typeof MESSAGING_REASONS)[number]
