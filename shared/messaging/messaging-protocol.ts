import * as z from 'zod/mini'
import type { CommandId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, pagedEvent } from '#shared/protocol/define.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'
import { storedText, textField } from '#shared/protocol/text-fields.ts'

export const MAX_MESSAGE_LENGTH = 4000

/** Made by the author's device, equal to the command's id: a retry posts once, and the outbox finds its own. */
const id = idField<CommandId>()

export const messagePost = defineCommand('message:post', {
  input: z.strictObject({ audience: audienceField, id, text: textField(MAX_MESSAGE_LENGTH) }),
})
export const messagePosted = pagedEvent(defineEvent('message:posted', 1, z.strictObject({ id, text: storedText(MAX_MESSAGE_LENGTH) })))

/**
 * Words that their author allowed to be passed on, put here by the mediator to the letter (`shared/crossing/decide-deliver.ts`, nobody else
 * makes one). It says whose they are and that they were released, and nothing of where they were said.
 */
export const messageReleased = pagedEvent(
  defineEvent('message:released', 1, z.strictObject({ id, text: storedText(MAX_MESSAGE_LENGTH), author: idField<ParticipantId>() })),
)

/** How a command names a message: ids are made by devices, a place is given once. */
export const messagePlace = { audience: audienceField, epoch: z.int().check(z.minimum(0)), seq: z.int().check(z.minimum(1)) }

/** Takes a message away for good. */
export const messageRedact = defineCommand('message:redact', { input: z.strictObject(messagePlace) })

const MESSAGING_REASONS = [
  'messaging/closed',
  'messaging/record-closed',
  'messaging/record-open', // the record is closed once the mediation is over
  'messaging/locked',
  'messaging/line-interrupted',
  'messaging/readers-changed',
  'messaging/already-removed',
  'messaging/removal-by-mediator',
] as const
export type MessagingReason = (typeof MESSAGING_REASONS)[number]
