// A text that was lost comes back: what is asked for, and what the log tells all of it. The words themselves never stand here; a saved
// state is named by the revision of the last edit in it.
import * as z from 'zod/mini'
import type { DeletionId, ParticipantId, RestorationId } from '#shared/kernel/ids.ts'
import { defineCommand, defineEvent } from '#shared/protocol/define.ts'
import { idField } from '#shared/protocol/fields.ts'

const revision = z.int().check(z.minimum(1))
const restorationId = idField<RestorationId>()
const deletionId = idField<DeletionId>()

/** For how long anybody who writes can undo a large deletion. The mediator can bring back a saved state for as long as the text is open. */
export const UNDO_DELETION_MS = 60_000

/** The words of a saved state, written into the text as an edit: what others write meanwhile stays. */
export const textBringBack = defineCommand('draft:bring-back', { input: z.strictObject({ restorationId, revision }) })
/** Another document with the words of a saved state: the way out where the old one cannot be worked with. */
export const textBeginAnew = defineCommand('draft:begin-anew', { input: z.strictObject({ restorationId, revision }) })
export const deletionUndo = defineCommand('draft:undo-deletion', { input: z.strictObject({ deletionId }) })

const deletion = {
  deletionId,
  /** Who has taken the words away. */
  participantId: idField<ParticipantId>(),
  /** The saved state from before it. */
  revision,
  /** About how many lines of the text, at eighty letters. */
  lines: z.int().check(z.minimum(1), z.maximum(100_000)),
}
export const largeDeletion = defineEvent('draft:large-deletion', 1, z.strictObject(deletion))

const restoration = z.discriminatedUnion('way', [
  z.strictObject({ way: z.literal('bring-back'), restorationId, revision }),
  z.strictObject({ way: z.literal('begin-anew'), restorationId, revision }),
  z.strictObject({ way: z.literal('undo-deletion'), restorationId, revision, deletionId }),
])
export type Restoration = z.output<typeof restoration>
export const restorationRequested = defineEvent('draft:restoration-requested', 1, restoration)

/**
 * `closed`: the text was closed meanwhile. `gone`: the state is there no more. `too-large`: it does not fit any more. `failed`: the server
 * could not do it in minutes, and does not try for ever, because a restoration that is under way keeps the text from being closed.
 */
const RESTORATION_FAULTS = ['closed', 'gone', 'too-large', 'failed'] as const
export type RestorationFault = (typeof RESTORATION_FAULTS)[number]
/** With the number of the text in which the words stand again. */
export const textRestored = defineEvent('draft:restored', 1, z.strictObject({ restorationId, revision }))
export const restorationFailed = defineEvent(
  'draft:restoration-failed',
  1,
  z.strictObject({ restorationId, fault: z.enum(RESTORATION_FAULTS) }),
)

/** Steps of the server; no person can ask for them. */
export const deletionReport = defineCommand('draft:report-deletion', { input: z.strictObject(deletion) })
export const restorationFinish = defineCommand('draft:finish-restoration', {
  input: z.union([z.strictObject({ restorationId, revision }), z.strictObject({ restorationId, fault: z.enum(RESTORATION_FAULTS) })]),
})
