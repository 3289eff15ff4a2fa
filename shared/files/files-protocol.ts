// A file in a conversation. Its bytes come by an upload (upload-protocol.ts); what everybody in its audience learns of it is one event. It is
// taken away as a message is, by `message:redact`: bytes and previews go with the words.
import * as z from 'zod/mini'
import type { CommandId, FileId, ParticipantId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent, pagedEvent } from '#shared/protocol/define.ts'
import { audienceField, idField } from '#shared/protocol/fields.ts'
import { storedText, textField } from '#shared/protocol/text-fields.ts'

/** Words that go with a file: a line under it. */
export const MAX_FILE_TEXT_LENGTH = 500
export const MAX_FILE_NAME_LENGTH = 200

/** Made by the author's device, equal to the command's id: a retry posts once, and the outbox finds its own. */
const id = idField<CommandId>()
const fileId = idField<FileId>()

/** A name of one line that is no path. */
export const fileNameField = textField(MAX_FILE_NAME_LENGTH).check(z.refine((name) => !/[\t\n/\\]/.test(name)))

/** In hex, of the very bytes that are downloaded. */
export const fileDigestField = z.string().check(z.regex(/^[0-9a-f]{64}$/))

/** As it was given: with whatever the device had written into it. Or cleaned: drawn anew on the device, without place, camera and time. */
export const evidenceField = z.enum(['original', 'cleaned'])
export type Evidence = z.output<typeof evidenceField>

/** What is taken, and what of each is said: file-types.ts, which a device fetches when somebody sends a file. */
export const FILE_TYPE_NAMES = ['jpeg', 'png', 'webp', 'heic', 'gif', 'pdf', 'docx', 'xlsx', 'odt', 'text', 'm4a', 'mp3', 'ogg'] as const
export type FileTypeName = (typeof FILE_TYPE_NAMES)[number]

export const fileFactsField = z.strictObject({
  fileId,
  name: storedText(MAX_FILE_NAME_LENGTH),
  /** What it is, as its bytes say. */
  type: z.enum(FILE_TYPE_NAMES),
  /** In bytes. */
  size: z.int().check(z.minimum(1)),
  sha256: fileDigestField,
  evidence: evidenceField,
  /** Of a picture whose measure is known; as it stands upright. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
  /** Of a PDF that can be drawn: so many pages have a preview. */
  pages: z.optional(z.int()),
  /** There is a thumbnail; of a picture a view too. */
  hasPreview: z.boolean(),
})
export type FileFacts = z.output<typeof fileFactsField>

/** Once its upload is complete. `audience` is the one that the upload was begun for. */
export const filePost = defineCommand('file:post', {
  input: z.strictObject({ audience: audienceField, id, fileId, text: z.optional(textField(MAX_FILE_TEXT_LENGTH)) }),
})
export const filePosted = pagedEvent(
  defineEvent('file:posted', 1, z.strictObject({ id, file: fileFactsField, text: z.optional(storedText(MAX_FILE_TEXT_LENGTH)) })),
)

/**
 * A file that its author allowed to be passed on: a copy of its own, under another id and this audience's key, put here by the mediator
 * (`shared/crossing/decide-deliver.ts`, nobody else makes one). It says whose it is and that it was released, and nothing of where it was.
 */
export const fileReleased = pagedEvent(
  defineEvent('file:released', 1, z.strictObject({ id, file: fileFactsField, author: idField<ParticipantId>() })),
)

const FILE_REASONS = [
  // when an upload is begun, goes on or is posted
  'files/closed',
  'files/type-not-taken',
  'files/too-large',
  'files/empty',
  'files/allowance-spent',
  'files/too-many-open',
  'files/too-fast',
  'files/other-offset',
  'files/not-cleanable',
  // when all of it has come
  'files/other-than-named',
  'files/unsafe',
  'files/picture-too-large',
  'files/not-cleaned',
  'files/harmful',
  'files/cannot-check',
  // when it is posted
  'files/incomplete',
] as const
export type FileReason = (typeof FILE_REASONS)[number]
