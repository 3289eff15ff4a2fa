// Words and files that may leave a caucus, and how: words marked by their author; either allowed, unchanged, for named people, and passed on by
// the mediator. Every event of it stands in the room where they were, but for what is released. Nothing here crosses by itself.
import * as z from 'zod/mini'
import { fileDigestField, fileFactsField, fileNameField } from '#shared/files/files-protocol.ts'
import { CODE_WAYS } from '#shared/identity/code-ways.ts'
import type { FileId, ParticipantId, PermissionId, WordingId } from '#shared/kernel/ids.ts'
import { MAX_MESSAGE_LENGTH, messagePlace } from '#shared/messaging/messaging-protocol.ts'
import { defineCommand, defineEvent, saidEvent } from '#shared/protocol/define.ts'
import { audienceField, idField, localeField } from '#shared/protocol/fields.ts'
import { storedText, textField } from '#shared/protocol/text-fields.ts'
import { identityLevelField } from '#shared/signing/record-fields.ts'

/** As many people as a case can hold, and some. */
const MAX_READERS = 60
const MAX_SENTENCE_LENGTH = 20_000

/** Made by the device, so that asking again is harmless. */
const permissionId = idField<PermissionId>()
const wordingId = idField<WordingId>()
const participantId = idField<ParticipantId>()
const readers = z.array(participantId).check(z.minLength(1), z.maxLength(MAX_READERS))

/** What its author says of a message of a caucus. Whatever bears no mark is for its readers alone. */
const mark = z.enum(['only-you', 'you-may-tell'])
export const messageMark = defineCommand('message:mark', { input: z.strictObject({ ...messagePlace, mark }) })
export const messageMarked = saidEvent(
  defineEvent('message:marked', 1, z.strictObject({ epoch: messagePlace.epoch, seq: messagePlace.seq, mark })),
)

/** Words typed anew, the very wording that its owner has confirmed, or a file that they posted in this room, under whatever name. */
const toAllow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('own'), text: textField(MAX_MESSAGE_LENGTH) }),
  z.strictObject({ kind: z.literal('wording'), wordingId }),
  z.strictObject({ kind: z.literal('file'), fileId: idField<FileId>(), sha256: fileDigestField, name: fileNameField }),
])
export type ToAllow = z.output<typeof toAllow>

/** Exactly this to these people. `readers`: whom the device named to its person; the server finds the same, or refuses. */
export const permissionGive = defineCommand('permission:give', {
  input: z.strictObject({
    audience: audienceField,
    permissionId,
    what: toAllow,
    to: audienceField,
    readers,
    /** Ends this one at the same time: the same for more people. */
    replaces: z.optional(permissionId),
  }),
})

const permissionFacts = {
  permissionId,
  to: audienceField,
  readers,
  replaces: z.optional(permissionId),
  /** The language of its owner, which the sentence is in. */
  language: localeField,
  sentence: storedText(MAX_SENTENCE_LENGTH),
  identityLevel: identityLevelField,
  /** How the codes went out that the owner's devices came in with. */
  codes: z.array(z.enum(CODE_WAYS)),
}

/** The written permission (law on mediation, art. 8(1)), with all that is printed of it. */
export const permissionGiven = saidEvent(
  defineEvent(
    'permission:given',
    2,
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...permissionFacts,
        kind: z.literal('words'),
        text: storedText(MAX_MESSAGE_LENGTH),
        wordingId: z.optional(wordingId),
      }),
      z.strictObject({
        ...permissionFacts,
        kind: z.literal('file'),
        /** As it will stand in the target, but for its id, which is that of the file in this room. */
        file: fileFactsField,
        /** Where it was posted in this room. */
        place: z.strictObject({ epoch: messagePlace.epoch, seq: messagePlace.seq }),
      }),
    ]),
    { 1: (old) => old }, // words, each of them
  ),
)

const onePermission = z.strictObject({ audience: audienceField, permissionId })

export const permissionWithdraw = defineCommand('permission:withdraw', { input: onePermission })
export const permissionWithdrawn = defineEvent('permission:withdrawn', 1, z.strictObject({ permissionId }))

/** Which of an id's was shown: what stands in another place came after it was destroyed, and was shown to nobody who acts on this one. */
const shown = { seq: messagePlace.seq }

/** Names a permission and carries no words: what is released is copied from it on the server. */
export const permissionDeliver = defineCommand('permission:deliver', {
  input: z.strictObject({ audience: audienceField, permissionId, ...shown }),
})
export const permissionDelivered = defineEvent('permission:delivered', 1, z.strictObject({ permissionId }))

/** Destroys the body of a permission; what was delivered stays where it is. */
export const permissionRedact = defineCommand('permission:redact', { input: onePermission })

/** "In my words, right?": the mediator writes down what somebody has said by telephone. */
export const wordingAsk = defineCommand('wording:ask', {
  input: z.strictObject({ audience: audienceField, wordingId, of: participantId, text: textField(MAX_MESSAGE_LENGTH) }),
})
export const wordingAsked = saidEvent(
  defineEvent('wording:asked', 1, z.strictObject({ wordingId, of: participantId, text: storedText(MAX_MESSAGE_LENGTH) })),
)

const oneWording = { audience: audienceField, wordingId }
const isRight = z.boolean()
/** Its owner's own word for it; how it should be said instead is an ordinary message. */
export const wordingAnswer = defineCommand('wording:answer', { input: z.strictObject({ ...oneWording, ...shown, isRight }) })
export const wordingAnswered = defineEvent('wording:answered', 1, z.strictObject({ wordingId, isRight }))

export const wordingRedact = defineCommand('wording:redact', { input: z.strictObject(oneWording) })

const CROSSING_REASONS = [
  'crossing/delivered',
  'crossing/withdrawn',
  'crossing/owner-gone',
  'crossing/not-there',
  'crossing/readers-changed',
  'crossing/unconfirmed',
  'crossing/file-gone',
  'crossing/other-name',
  'crossing/answered',
  'crossing/closed',
] as const
export type CrossingReason = (typeof CROSSING_REASONS)[number]
