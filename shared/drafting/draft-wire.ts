// Joining a draft, and carets: what travels beside the frames. Identity is never in what a device sends.
import * as z from 'zod/mini'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import type { DocumentId, ParticipantId, VersionId } from '#shared/kernel/ids.ts'
import { idField } from '#shared/protocol/fields.ts'
import type { Ack } from '#shared/protocol/wire.ts'

/** The lane's messages. `frame` goes both ways, `caret` too; `join`, `states`, `state` and `writers` are answered. */
export const DRAFT_WIRE = {
  join: 'draft:join',
  leave: 'draft:leave',
  frame: 'd',
  caret: 'draft:caret',
  states: 'draft:states',
  state: 'draft:state',
  writers: 'draft:writers',
} as const

/** A Yjs client id; 1 belongs to the server, which writes the template. */
export const SYSTEM_CLIENT_ID = 1
const clientId = z.int().check(z.minimum(2), z.maximum(0xffffffff))

const documentId = idField<DocumentId>()

export const draftJoinRequest = z.strictObject({
  documentId,
  /** Epoch of the installation that the device's copy comes from; 0 for nothing. */
  epoch: z.int().check(z.minimum(0)),
  /** Number of the last entry that the device holds; 0 for nothing. */
  haveRevision: z.int().check(z.minimum(0)),
  /** Generation that it holds; 0 for nothing. */
  generation: z.int().check(z.minimum(0)),
  /** The fresh random id of this page life; the only one that may write anew. Its person's from the first words under it on. */
  clientId,
  /** Ids of earlier page lives whose edits the device still holds unsent. */
  storedIds: z.array(clientId).check(z.maxLength(32)),
})
export type DraftJoinRequest = z.output<typeof draftJoinRequest>

export interface DraftJoined {
  /** Rises when a backup is restored: a copy of another epoch may hold words that the server has not. */
  readonly epoch: number
  readonly generation: number
  /** Number of the last entry; what the device names when it joins again. */
  readonly haveRevision: number
  /** Number of the last edit, as "ready" and freezing name it. */
  readonly revision: number
  /** Base64, Yjs V2: everything up to some number; left out when the device holds enough. */
  readonly snapshot?: string
  /** Base64, Yjs V1, in order: what follows the snapshot, or what the device holds. */
  readonly updates: readonly string[]
  readonly closed?: VersionId
  /** Number of the entry at which the document was begun anew, because the old one could not be shown: copies older than it are void. */
  readonly anew?: number
  /** Which of the stored ids are this person's; edits under the others can be copied, not merged. */
  readonly ownIds: readonly number[]
  /** 0 to 1 of what the draft may grow to, or of what this person may write into it, whichever is fuller. */
  readonly fullness: number
}
export type DraftJoinAck = Ack<DraftJoined>

/** Answer to a frame: saved up to and with this number. */
export type FrameAck = Ack<number>

/** Why a state was saved: some minutes of change had passed, or right before something that could not be taken back otherwise. */
export const SAVE_CAUSES = ['minutes', 'closing', 'deletion', 'restoration', 'conversion'] as const
export type SaveCause = (typeof SAVE_CAUSES)[number]

/** A state of the text that is kept beside it, without its words. */
export interface SavedState {
  /** Number of the last edit in it. */
  readonly revision: number
  /** Milliseconds since 1970, server clock. */
  readonly at: number
  readonly cause: SaveCause
  /** Who has written since the saved state before it. */
  readonly authors: readonly ParticipantId[]
}

/** For whoever may restore. Oldest first. */
export const draftStatesRequest = z.strictObject({ documentId })
export type DraftStatesAck = Ack<{ readonly states: readonly SavedState[] }>

export const draftStateRequest = z.strictObject({ documentId, revision: z.int().check(z.minimum(1)) })
/** In the language that the text is written in. */
export type DraftStateAck = Ack<{ readonly blocks: readonly DocumentBlock[] }>

/** For whoever has said "ready" of the settlement: who has changed it since, without when or how much. */
export const draftWritersRequest = z.strictObject({ documentId })
export type DraftWritersAck = Ack<{ readonly writers: readonly ParticipantId[] }>

export const draftLeaveRequest = z.strictObject({ documentId })

/** Yjs relative positions, base64. Lost ones are not missed. */
export const caretMove = z.strictObject({
  documentId,
  anchor: z.string().check(z.maxLength(256), z.regex(/^[A-Za-z0-9+/=]+$/)),
  head: z.string().check(z.maxLength(256), z.regex(/^[A-Za-z0-9+/=]+$/)),
})
export type CaretMove = z.output<typeof caretMove>

/** As others get it: who it is says the server; names and colours come from the case. */
export interface CaretNotice extends CaretMove {
  readonly participantId: ParticipantId
  /** Tells two devices of one person apart; means nothing else. */
  readonly device: number
}
