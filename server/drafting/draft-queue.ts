// What waits to be stored in a draft: judged in order just before it is stored, answered once it is.

import type { DraftEntryKind } from '#server/storage/ports.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import { AppError, type ErrorKind } from '#shared/kernel/errors.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import type { BegunFrom } from './draft-entries.ts'
import type { DraftHead, EditAuthor } from './draft-head.ts'
import type { SaveMark } from './saved-states.ts'
import type { UpdateScan } from './update-scan.ts'

/** Claims are kept for good. Ten page lives a day for more than a year. */
const MAX_IDS_OF_PERSON = 5_000

/** 'store' it; or it is answered without being stored. */
type Judgement = 'store' | { readonly settled: number } | { readonly refused: Error }

/** It may cost more than is believed without trying: the draft worker has to count it first. */
export class UncountedEdit extends Error {
  override readonly name = 'UncountedEdit'
}

export interface WaitingEntry {
  readonly kind: DraftEntryKind
  readonly by: By
  readonly plain: Uint8Array
  /** For updates: parsed once. */
  readonly scan?: UpdateScan
  /** Steps that opening the draft takes with it in it, where that was counted. */
  readonly counted?: number | undefined
  /** Whose connection sent it; it is not sent back there. */
  readonly origin?: object
  readonly judge: (head: DraftHead) => Judgement
  /** Nothing is stored together with what comes behind it. */
  readonly endsBatch?: boolean
  /** Told the number under which it now rests. */
  readonly resolve: (revision: number) => void
  readonly reject: (error: Error) => void
  attempts: number
}

export function refusal(kind: ErrorKind, reason: DraftingReason): { readonly refused: AppError } {
  return { refused: new AppError({ kind, reason }) }
}

/** `counted`: the draft worker has counted it. */
export function judgeEdit(author: EditAuthor, generation: number, scan: UpdateScan, counted?: number): WaitingEntry['judge'] {
  return (head) => {
    if (head.closed !== undefined) return refusal('conflict', 'drafting/closed')
    if (generation !== head.generation) return refusal('conflict', 'drafting/other-generation')
    const verdict = head.judge(scan, author)
    if (verdict.verdict === 'new') return counted === undefined && head.mayCostMuch(scan) ? { refused: new UncountedEdit() } : 'store'
    return verdict.verdict === 'known' ? { settled: head.textRevision } : refusal(verdict.kind, verdict.reason)
  }
}

/** First one wins, for good: an id that somebody else holds is refused, one's own is no news. */
export function judgeClaim(by: By, ids: readonly number[]): WaitingEntry['judge'] {
  return (head) => {
    const owners = ids.map((id) => head.ownerOf(id))
    if (owners.some((owner) => owner !== undefined && owner !== by)) return refusal('conflict', 'drafting/foreign-author')
    const fresh = owners.filter((owner) => owner === undefined).length
    if (fresh === 0) return { settled: head.revision }
    return head.claimsOf(by) + fresh > MAX_IDS_OF_PERSON ? refusal('too-large', 'drafting/share-full') : 'store'
  }
}

/** Closing is accepted only right behind the text that was named: whoever wrote before is in it or the closing fails. */
export function judgeClose(versionId: VersionId, textRevision: number): WaitingEntry['judge'] {
  return (head) => {
    if (head.closed === versionId) return { settled: head.revision }
    if (head.closed !== undefined || head.textRevision !== textRevision) return refusal('conflict', 'drafting/text-moved-on')
    return 'store'
  }
}

/** A copy is announced once; that its text was closed for signing is said of one that was announced before, too. */
export function judgeSave({ name, cause, before }: SaveMark): WaitingEntry['judge'] {
  return (head) => {
    const known = head.saved.find((each) => each.name === name)
    const isSaid = before === undefined || head.savedBefore?.restoration === before.restoration
    const isNews = known === undefined || !isSaid || (cause === 'closing' && known.cause !== 'closing')
    return isNews ? 'store' : { settled: head.revision }
  }
}

/** The server's own edit. Its clocks were counted from there, so it is made anew when another server was quicker. */
export function judgeOwnEdit({ clock, generation, scan, counted }: OwnEdit): WaitingEntry['judge'] {
  return (head) => {
    if (head.closed !== undefined) return refusal('conflict', 'drafting/closed')
    if (head.generation !== generation || head.clockOf(SYSTEM_CLIENT_ID) !== clock) return { refused: new OvertakenEdit() }
    const verdict = head.judge(scan, { by: 'system', under: { kind: 'stored' } })
    if (verdict.verdict === 'new') return counted === undefined && head.mayCostMuch(scan) ? { refused: new UncountedEdit() } : 'store'
    return verdict.verdict === 'known' ? { settled: head.textRevision } : refusal(verdict.kind, verdict.reason)
  }
}

export interface OwnEdit {
  readonly clock: number
  readonly generation: number
  readonly scan: UpdateScan
  readonly counted?: number | undefined
}

/** The text moved on before the server's own edit was stored. */
export class OvertakenEdit extends Error {
  override readonly name = 'OvertakenEdit'
}

/** Another document: accepted only right behind the text that was saved before it, so that no word is left behind unsaved. */
export function judgeBeginAnew({ restoration, name }: BegunFrom, textRevision: number): WaitingEntry['judge'] {
  return (head) => {
    if (head.begunFrom?.restoration === restoration) return { settled: head.begunFrom.revision }
    if (head.closed !== undefined) return refusal('conflict', 'drafting/closed')
    if (!head.saved.some((state) => state.name === name)) return refusal('conflict', 'drafting/state-gone')
    return head.textRevision === textRevision ? 'store' : { refused: new OvertakenEdit() }
  }
}

export function judgeReopen(versionId: VersionId): WaitingEntry['judge'] {
  return (head) => (head.closed === versionId ? 'store' : { settled: head.revision })
}
