// Where a document stands, without its words: enough to accept or refuse any edit. A few kilobytes for each open draft.
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import type { DraftingReason } from '#shared/drafting/drafting-protocol.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { ErrorKind } from '#shared/kernel/errors.ts'
import type { VersionId } from '#shared/kernel/ids.ts'
import { decodeClaim, decodeClose, decodeReopen, decodeRestored, isAnotherDocument, type PlainEntry } from './draft-entries.ts'
import { Layered } from './layered.ts'
import { decodeSave, type KnownState, type SaveMark, withMark } from './saved-states.ts'
import { DraftStructure } from './structure/draft-structure.ts'
import { MAX_MOVES, MAX_PIECES, MAX_STEPS_TO_OPEN, MAX_STEPS_UNTRIED } from './structure/step-estimate.ts'
import { type DeletedRange, scanUpdate, type UpdateScan } from './update-scan.ts'

export interface EditAuthor {
  readonly by: By
  /** `edit`: only under the id of the present page life. `stored`: under any id that this person was the first to claim. */
  readonly under: { readonly kind: 'edit'; readonly clientId: number } | { readonly kind: 'stored' }
}

type EditVerdict =
  | { readonly verdict: 'new' }
  /** Everything in it is stored already: a retry, or a deletion of what somebody else has deleted. */
  | { readonly verdict: 'known' }
  | { readonly verdict: 'refused'; readonly kind: ErrorKind; readonly reason: DraftingReason }

/** Living letters, marks and blocks of one person: five times what an agreement may have in all. */
const MAX_LIVING_OF_PERSON = 600_000
/** Blocks and texts: as many blocks as an agreement may have. */
const MAX_NODES = 40_000

/** Of one person since the draft was opened here, once the text is half full: nobody takes everybody's room. */
const MAX_PIECES_OF_PERSON = 30_000
/** Cutting a text moves what stands behind: more than the draft worker itself should be asked to try. */
const MAX_MOVES_TRIED = 400_000_000

/** What somebody takes away that nobody had deleted. */
export interface FreshDeletion extends DeletedRange {
  /** A block or its text is among it, with whatever others have written into it. */
  readonly hasNode: boolean
}

const SOUND: EditVerdict = { verdict: 'new' }

export class DraftHead {
  revision = 0
  /** Number of the last update: what "ready" and freezing name. Claims and marks do not move it. */
  textRevision = 0
  /** 1, and one more for each frozen text that was opened again, and for each other document that was put in its place. */
  generation = 1
  closed: VersionId | undefined
  saved: readonly KnownState[] = []
  /** What was saved last before a restoration was carried out. */
  savedBefore: SaveMark['before'] | undefined
  /** The last restoration by which another document was begun, and where. */
  begunFrom: { readonly restoration: string; readonly revision: number } | undefined
  /** False while it holds what was stored before edits were judged: nobody can say what a new edit does to it. */
  sound: boolean
  /** What opening it took when that was last counted; the rest of the structure's steps is an estimate. */
  stepsCounted: number
  #structure: DraftStructure
  readonly #claims: Layered<number, By>
  readonly #claimsOf: Layered<By, number>
  readonly #living: Layered<By, number>
  readonly #piecesBy: Layered<By, number>

  constructor(
    from?: { readonly revision: number; readonly textRevision: number; readonly structure: DraftStructure | undefined },
    under?: DraftHead,
  ) {
    this.#claims = new Layered(under ? under.#claims : undefined)
    this.#claimsOf = new Layered(under ? under.#claimsOf : undefined)
    this.#living = new Layered(under ? under.#living : undefined)
    this.#piecesBy = new Layered(under ? under.#piecesBy : undefined)
    this.#structure = under ? under.#structure.fork() : (from?.structure ?? new DraftStructure())
    const { revision = 0, textRevision = 0 } = from ?? under ?? {}
    this.revision = revision
    this.textRevision = textRevision
    this.generation = under?.generation ?? 1
    this.closed = under?.closed
    this.saved = under?.saved ?? []
    this.savedBefore = under?.savedBefore
    this.begunFrom = under?.begunFrom
    this.sound = under?.sound ?? ((from === undefined || from.structure !== undefined) && this.#structure.nodes.itemsInAll <= MAX_PIECES)
    this.stepsCounted = under?.stepsCounted ?? this.#structure.steps
  }

  /** A head that starts as this one is and may go its own way; for judging a batch before it is stored. */
  fork(): DraftHead {
    return new DraftHead(undefined, this)
  }

  ownerOf(clientId: number): By | undefined {
    return clientId === SYSTEM_CLIENT_ID ? 'system' : this.#claims.get(clientId)
  }

  /** How many ids this person has claimed. */
  claimsOf(by: By): number {
    return this.#claimsOf.get(by) ?? 0
  }

  clockOf(clientId: number): number {
    return this.#structure.clockOf(clientId)
  }

  freshDeletions(ranges: readonly DeletedRange[]): readonly FreshDeletion[] {
    const fresh = ranges.filter((range) => !this.#structure.isDeleted(range))
    return fresh.map((range) => ({ ...range, hasNode: this.#structure.hasNodeIn(range) }))
  }

  /** 0 to 1 of what one person may have written into the text. */
  shareOf(by: By): number {
    return this.#livingOf(by) / MAX_LIVING_OF_PERSON
  }

  /** Steps that nobody has counted yet, with those of an edit that fits. */
  stepsUncounted(scan: UpdateScan): number {
    return this.#structure.steps - this.stepsCounted + (this.#structure.place(scan)?.steps ?? 0)
  }

  /** Whether it may take every device long, for its place or its cuts, as far as can be told without trying. */
  mayCostMuch(scan: UpdateScan): boolean {
    const { added, cut } = this.#structure.piecesOf(scan)
    return this.stepsUncounted(scan) > MAX_STEPS_UNTRIED || cut * (this.#structure.nodes.itemsInAll + added) > MAX_MOVES
  }

  judge(scan: UpdateScan, { by, under }: EditAuthor): EditVerdict {
    const { run } = scan
    const known = run ? this.clockOf(run.client) : 0
    const writes = run !== undefined && run.to > known
    if (writes) {
      const allowed = under.kind === 'edit' ? run.client === under.clientId : true
      if (!allowed || this.ownerOf(run.client) !== by) return refused('forbidden', 'drafting/foreign-author')
    }
    if (this.#gapOf(scan)) return refused('conflict', 'drafting/gap')
    if (!writes && scan.deletes.every((range) => this.#structure.isDeleted(range))) return { verdict: 'known' }
    if (!this.sound) return refused('unavailable', 'drafting/not-saved')
    if (writes && !this.#structure.place(scan)) return refused('invalid', 'drafting/misplaced')
    if (this.#isTooTangled(scan, by)) return refused('too-large', 'drafting/too-tangled')
    if (!writes) return SOUND
    if (this.#structure.nodes.count > MAX_NODES) return refused('too-large', 'drafting/text-full')
    if (by !== 'system' && this.#livingOf(by) + run.to - known > MAX_LIVING_OF_PERSON) return refused('too-large', 'drafting/share-full')
    return SOUND
  }

  #isTooTangled(scan: UpdateScan, by: By): boolean {
    const { added, cut } = this.#structure.piecesOf(scan)
    const pieces = this.#structure.nodes.itemsInAll + added
    if (pieces > MAX_PIECES || cut * pieces > MAX_MOVES_TRIED) return true
    // What the server brings back is nobody's share: who deletes again and again must not wear it out.
    return by !== 'system' && pieces > MAX_PIECES / 2 && (this.#piecesBy.get(by) ?? 0) + added > MAX_PIECES_OF_PERSON
  }

  /** Takes over what is stored. `counted`: what opening the draft takes with it in it. */
  apply(entry: PlainEntry, scan = entry.kind === 'update' ? scanUpdate(entry.plain) : undefined, counted?: number): void {
    this.applyMark(entry)
    this.revision = entry.revision
    if (entry.kind !== 'update') return
    this.textRevision = entry.revision
    const placement = scan && !this.#gapOf(scan) ? this.#structure.place(scan) : undefined
    if (!placement) {
      this.sound = false
      return
    }
    const before = this.clockOf(placement.client)
    const itemsBefore = this.#structure.nodes.itemsInAll
    this.#structure.apply(placement)
    this.#piecesBy.set(entry.by, (this.#piecesBy.get(entry.by) ?? 0) + this.#structure.nodes.itemsInAll - itemsBefore)
    const owner = this.ownerOf(placement.client)
    if (owner) this.#living.set(owner, this.#livingOf(owner) + this.clockOf(placement.client) - before)
    if (counted !== undefined) {
      this.#structure.steps = counted
      this.stepsCounted = counted
    } else if (this.#structure.steps > 2 * MAX_STEPS_TO_OPEN) this.sound = false // to be counted
  }

  /** Claims and marks that a snapshot covers are applied without moving the number. */
  applyMark({ kind, by, plain, revision }: PlainEntry): void {
    if (kind === 'claim')
      for (const id of decodeClaim(plain)) {
        if (this.ownerOf(id) !== undefined) continue
        this.#claims.set(id, by)
        this.#claimsOf.set(by, this.claimsOf(by) + 1)
      }
    if (kind === 'close') this.closed = decodeClose(plain)
    if (kind === 'save') {
      const mark = decodeSave(plain)
      this.saved = withMark(this.saved, mark, revision)
      // Of several for one restoration the first says from where it went on.
      if (mark.before && mark.before.restoration !== this.savedBefore?.restoration) this.savedBefore = mark.before
    }
    if (kind === 'reopen') {
      const reopened = decodeReopen(plain)
      // Whoever was ready for a text that was closed and fell says so anew: nothing that anybody said of it stands.
      if (reopened !== 'cancelled' && reopened !== 'converted') this.textRevision = Math.max(this.textRevision, revision)
      if (reopened === 'restored') this.begunFrom = { ...decodeRestored(plain), revision }
      if (!isAnotherDocument(reopened)) this.closed = undefined
      if (reopened === 'reopened' || reopened === 'converted' || reopened === 'restored') this.generation++
    }
  }

  /** After compaction: the structure up to `revision` as it was counted, and what came behind it. */
  rebase(structure: DraftStructure, behind: readonly PlainEntry[]): void {
    const { revision, textRevision } = this
    const piecesBy = new Map([...this.#piecesBy.keys()].map((by) => [by, this.#piecesBy.get(by) ?? 0]))
    this.#structure = structure
    this.stepsCounted = structure.steps
    this.sound = true
    for (const entry of behind) if (entry.kind === 'update') this.apply(entry)
    for (const [by, pieces] of piecesBy) this.#piecesBy.set(by, pieces) // those behind were counted when they came
    this.revision = revision
    this.textRevision = textRevision
    this.countLiving()
  }

  /** Needed once behind the claims of a loaded draft, and whenever deletions are to count. */
  countLiving(): void {
    const living = new Map<By, number>()
    for (const client of this.#claims.keys()) {
      const owner = this.ownerOf(client)
      if (owner) living.set(owner, (living.get(owner) ?? 0) + this.#structure.livingOf(client))
    }
    for (const [owner, count] of living) this.#living.set(owner, count)
  }

  #livingOf(by: By): number {
    return this.#living.get(by) ?? 0
  }

  /** An edit that leans on what nobody has would wait for ever in everybody's copy. */
  #gapOf({ run, needs }: UpdateScan): boolean {
    if (run && run.from > this.clockOf(run.client)) return true
    for (const [client, upTo] of needs) {
      const here = client === run?.client ? run.to : 0
      if (upTo > Math.max(here, this.clockOf(client))) return true
    }
    return false
  }
}

function refused(kind: ErrorKind, reason: DraftingReason): EditVerdict {
  return { verdict: 'refused', kind, reason }
}
