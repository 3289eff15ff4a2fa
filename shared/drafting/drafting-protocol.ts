// The draft's life as the case log tells it: who is ready for which text, when it was closed for signing, opened again, frozen.
// The text itself never stands here; it has its own sequence, whose revisions these events name.
import * as z from 'zod/mini'
import type { DocumentId, FileId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { ALIASES, withNewNames } from '#shared/protocol/aliases.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField, localeField } from '#shared/protocol/fields.ts'
import { wordsOfText } from '#shared/protocol/text-fields.ts'

/** What a text may be closed with once the mediator has confirmed it. */
export const CONFIRMED_KINDS = [
  'empty-heading',
  'missing-heading',
  'missing-name',
  'mixed-word',
  'no-term',
  'past-term',
  'more-places',
] as const

/** Number of the last edit in the draft's sequence: names one exact text. */
const revision = z.int().check(z.minimum(1))
const generation = z.int().check(z.minimum(1))
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/))
const versionId = idField<VersionId>()
const empty = z.strictObject({})
/** What the mediator has looked at and left as it stands. Absent where nothing was asked, and in what was written before anything was. */
const confirmedFault = z.strictObject({ kind: z.enum(CONFIRMED_KINDS), found: z.string().check(z.maxLength(160)) })
export type ConfirmedFault = z.output<typeof confirmedFault>
const confirmedFaults = z.optional(z.array(confirmedFault).check(z.maxLength(100)))
/** Judged as it stands and not cleaned: it has to be found again in the text, letter by letter. */
const confirmedField = z.optional(
  z.array(z.strictObject({ ...confirmedFault.shape, found: z.string().check(z.maxLength(160), wordsOfText) })).check(z.maxLength(100)),
)
/** Version 1 had another name for the revision: aliases.ts. */
const SINCE_1 = { 1: (old: unknown) => withNewNames(old, ALIASES.draftEvent) }

export const readyGive = defineCommand('draft:give-ready', { input: z.strictObject({ generation, revision }) })
export const readyWithdraw = defineCommand('draft:withdraw-ready', { input: empty })
/** The mediator's intent to close the text for signing; the version's id is made by the client, so that asking twice is harmless. */
export const freezeRequest = defineCommand('draft:request-freeze', {
  input: z.strictObject({ versionId, revision, confirmed: confirmedField }),
})

/** To the person and the mediator alone: no side sees who is ready before the text is closed. */
export const readyGiven = defineEvent('draft:ready-given', 2, z.strictObject({ revision }), SINCE_1)
export const readyWithdrawn = defineEvent('draft:ready-withdrawn', 1, empty)

/** Why a text could not be closed; each has words in three languages. */
const CANCEL_REASONS = ['somebody-wrote', 'empty', 'empty-clause', 'character', 'broken', 'too-large', 'cannot-make'] as const
export type CancelReason = (typeof CANCEL_REASONS)[number]
const cancelDetails = z.strictObject({
  /** Number of the clause as printed, `2.1`. */
  clause: z.optional(z.string().check(z.maxLength(40))),
  /** `U+202E` */
  codePoint: z.optional(z.string().check(z.regex(/^U\+[0-9A-F]{4,6}$/))),
  /** Whose edits came in the way. */
  writers: z.optional(z.array(idField<ParticipantId>()).check(z.maxLength(64))),
})
const cancellation = z.strictObject({ versionId, reason: z.enum(CANCEL_REASONS), details: cancelDetails })
export type Cancellation = z.output<typeof cancellation>

export const freezeRequested = defineEvent(
  'draft:freeze-requested',
  2,
  z.strictObject({ versionId, revision, confirmed: confirmedFaults }),
  SINCE_1,
)
/** Version 1 did not say who had written. */
export const freezeCancelled = defineEvent('draft:freeze-cancelled', 2, cancellation, { 1: (old) => old })

const frozenText = {
  versionId,
  /** Whose text it is. Absent in events of the first version: the settlement, the only document that could be closed. */
  documentId: z.optional(idField<DocumentId>()),
  revision,
  textDigest: digest,
  pdfDigest: digest,
  /** Twelve digits in three groups, for comparing aloud. */
  textCode: z.string().check(z.regex(/^\d{4} \d{4} \d{4}$/)),
  textFileId: idField<FileId>(),
  pdfFileId: idField<FileId>(),
  language: localeField,
}
const frozenVersion = z.strictObject({ ...frozenText, signers: z.array(idField<ParticipantId>()).check(z.minLength(2), z.maxLength(64)) })
export type FrozenVersion = z.output<typeof frozenVersion>
/** Told twice in one commit: to all, and as the first word of the signers' own chain. */
export const versionFrozen = defineEvent('version:frozen', 2, frozenVersion, SINCE_1)

const ofVersion = z.strictObject({ versionId })
/** That the text is open again, and no more: why, and by whose wish, stands where its author wished it to be read. */
export const draftReopened = defineEvent('draft:reopened', 2, ofVersion, { 1: withoutCause })
function withoutCause(old: unknown): unknown {
  return typeof old === 'object' && old !== null && 'versionId' in old ? { versionId: old.versionId } : old
}
/** A step of the system: somebody will not sign this text. */
export const draftReopen = defineCommand('draft:reopen', { input: ofVersion })

/** Steps of the freezing process; no person can ask for them. */
export const freezeCancel = defineCommand('draft:cancel-freeze', { input: cancellation })
export const versionFreeze = defineCommand('version:freeze', { input: z.strictObject(frozenText) })

const DRAFTING_REASONS = [
  'drafting/no-session',
  'drafting/not-admitted',
  'drafting/closed',
  'drafting/text-moved-on',
  'drafting/not-all-ready',
  'drafting/closing-faults', // conflict: what stands in the way, all of it; details: faults as the reader of the text finds them, and how many
  'drafting/not-ready',
  'drafting/restoring',
  'drafting/state-gone',
  'drafting/undo-too-late',
  'drafting/begun-anew',
  // of single edits, answered on the draft's own lane
  'drafting/other-generation',
  'drafting/not-joined',
  'drafting/malformed',
  'drafting/edit-too-large',
  'drafting/misplaced',
  'drafting/too-tangled',
  'drafting/text-full',
  'drafting/share-full',
  'drafting/foreign-author',
  'drafting/gap',
  'drafting/not-saved',
  'drafting/too-fast',
] as const
export type DraftingReason = (typeof DRAFTING_REASONS)[number]
