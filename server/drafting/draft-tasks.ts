// What happens to a document where it must be opened: only in the draft worker's own thread, under limits.
import * as Y from 'yjs'
import { canonicalText } from '#shared/document/canonical-text.ts'
import type { DocumentBlock } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf, isSound, readBlocks } from '#shared/document/yjs-document.ts'
import type { ClosingFacts } from '#shared/drafting/closing/closing-facts.ts'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import { closingFaults } from '#shared/drafting/closing/closing-faults.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import { convertDocument } from './structure/convert-document.ts'
import { countSteps, TooManySteps } from './structure/count-steps.ts'
import { readStructure } from './structure/read-structure.ts'
import { repairDocument } from './structure/rescue-blocks.ts'
import { MAX_MOVES, MAX_PIECES, MAX_STEPS_TO_OPEN, stepsAlone } from './structure/step-estimate.ts'
import { encodeStructure } from './structure/structure-codec.ts'
import { scanUpdate } from './update-scan.ts'

/** Everything a document holds: a snapshot (V2), and the updates after it (V1) in order. */
export interface DraftText {
  readonly snapshot?: Uint8Array
  readonly updates: readonly Uint8Array[]
}

export interface TextInLanguage extends DraftText {
  /** Which of its lists of blocks. */
  readonly language: Locale
}

export interface FirstBlocks {
  readonly blocks: readonly DocumentBlock[]
  readonly language: Locale
}

/**
 * `sound`: the text itself, smaller. Otherwise a document begun anew with the words of the old one. `unshowable`: something stands in it
 * where no editor can show it, or opening it takes too long. `differs`: a device that fetches it would read another order of letters than
 * one that heard each edit, since somebody's client lied about what its edits stood beside.
 */
export interface Compacted {
  readonly state: 'sound' | 'unshowable' | 'differs'
  /** Yjs V2. */
  readonly update: Uint8Array
  /** Encoded (structure-codec.ts). */
  readonly structure: Uint8Array
}

/** `fits`: with the steps that opening the text takes with the edit in it. `too-many-steps`: for a telephone. */
export type TriedEdit = { readonly kind: 'fits'; readonly steps: number } | { readonly kind: 'too-many-steps' | 'leans-on-more' }

export type ReadDraft =
  | { readonly ok: true; readonly blocks: readonly DocumentBlock[] }
  | { readonly ok: false; readonly fault: 'broken' | 'too-large' }

/** A fault of a text that cannot be frozen, as the canonical text names it. */
export interface TextFault {
  readonly fault: string
  readonly clause?: string | undefined
  readonly codePoint?: number
}

export type CanonicalDraft = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly faults: readonly TextFault[] }

/** A text that takes more is begun anew: four times what an edit may bring it to, because the estimate between two countings may err. */
const MAX_STEPS_KEPT = 4 * MAX_STEPS_TO_OPEN
/** Some ten seconds: what takes longer, even without the edits that make it so, is not opened at all. */
const MAX_STEPS_TO_REPAIR = 80_000_000
const MAX_BLOCKS_READ = 50_000

/** The first entry of a document. */
export function startDraft({ blocks, language }: FirstBlocks): Uint8Array {
  return writtenBySystem([[language, blocks]])
}

function writtenBySystem(lists: Iterable<readonly [Locale, readonly DocumentBlock[]]>): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  doc.transact(() => {
    for (const [language, blocks] of lists) appendBlocks(fragmentOf(doc, language), blocks)
  })
  return Y.encodeStateAsUpdate(doc)
}

export function compactDraft(text: DraftText): Compacted {
  const { doc, steps } = openOrRescue(text)
  const structure = readStructure(doc, steps)
  if (!structure || steps > MAX_STEPS_KEPT || structure.nodes.itemsInAll > MAX_PIECES) return beginAnew('unshowable', repairDocument(doc))
  const update = Y.encodeStateAsUpdateV2(doc)
  if (!readsTheSame(openDraft({ snapshot: update, updates: [] }), doc)) return beginAnew('differs', repairDocument(doc))
  return { state: 'sound', update, structure: encodeStructure(structure) }
}

/** A document of the form before (structure/convert-document.ts), as a new one of ours. */
export function convertDraft({ language, ...text }: TextInLanguage): Compacted {
  return beginAnew('sound', [[language, convertDocument(openOrRescue(text).doc, language)]])
}

/** A text that takes too many steps is opened without the edits that make it so; what leans on them is left out by Yjs. */
function openOrRescue({ updates, ...text }: DraftText): { readonly doc: Y.Doc; readonly steps: number } {
  try {
    const { result: doc, steps } = countSteps(MAX_STEPS_KEPT, () => openDraft({ ...text, updates }))
    return { doc, steps }
  } catch (error) {
    if (!(error instanceof TooManySteps)) throw error
    const modest = updates.filter((update) => stepsAlone(update) <= MAX_STEPS_TO_OPEN)
    return { doc: countSteps(MAX_STEPS_TO_REPAIR, () => openDraft({ ...text, updates: modest })).result, steps: Number.POSITIVE_INFINITY }
  }
}

export function beginAnew(state: Compacted['state'], lists: Iterable<readonly [Locale, readonly DocumentBlock[]]>): Compacted {
  const doc = openDraft({ updates: [writtenBySystem(lists)] })
  const structure = readStructure(doc, 0)
  if (!structure || structure.nodes.itemsInAll > MAX_PIECES) throw new Error('a document of our own that is not sound')
  return { state, update: Y.encodeStateAsUpdateV2(doc), structure: encodeStructure(structure) }
}

function readsTheSame(one: Y.Doc, other: Y.Doc): boolean {
  return LOCALES.every((language) => {
    const [first, second] = [one, other].map((doc) => JSON.stringify(readBlocks(fragmentOf(doc, language))))
    return first === second
  })
}

/** Opens the text as every device will have to, with the edit in it. */
export function tryEdit({ edit, ...text }: DraftText & { readonly edit: Uint8Array }): TriedEdit {
  try {
    const { result, steps } = countSteps(MAX_STEPS_TO_OPEN, () => openWith(text, edit))
    if (result.cut * result.pieces > MAX_MOVES) return { kind: 'too-many-steps' }
    return result.doc.store.pendingStructs ? { kind: 'leans-on-more' } : { kind: 'fits', steps }
  } catch (error) {
    if (error instanceof TooManySteps) return { kind: 'too-many-steps' }
    throw error
  }
}

/** `cut`: how many more pieces there are than the edit brings, before what was cut is put together again. */
function openWith(text: DraftText, edit: Uint8Array): { readonly doc: Y.Doc; readonly pieces: number; readonly cut: number } {
  const doc = new Y.Doc()
  const brought = scanUpdate(edit)?.structs.length ?? 0
  return doc.transact(() => {
    fill(doc, text)
    const before = piecesOf(doc)
    Y.applyUpdate(doc, edit)
    const pieces = piecesOf(doc)
    return { doc, pieces, cut: Math.max(0, pieces - before - brought) }
  })
}

function piecesOf({ store }: Y.Doc): number {
  return [...store.clients.values()].reduce((sum, { length }) => sum + length, 0)
}

export function readDraft({ language, ...text }: TextInLanguage): ReadDraft {
  const doc = openDraft(text)
  if (doc.store.pendingStructs || doc.store.pendingDs) return { ok: false, fault: 'broken' }
  const fragment = fragmentOf(doc, language)
  if (fragment.length > MAX_BLOCKS_READ) return { ok: false, fault: 'too-large' }
  return isSound(doc) ? { ok: true, blocks: readBlocks(fragment) } : { ok: false, fault: 'broken' }
}

/** The words that people would sign. */
export function canonicalDraft(text: TextInLanguage): CanonicalDraft {
  const read = readDraft(text)
  if (!read.ok) return { ok: false, faults: [{ fault: read.fault }] }
  const canonical = canonicalText(read.blocks)
  return canonical.ok ? { ok: true, text: canonical.text } : { ok: false, faults: canonical.faults }
}

/** What stands in the way of signing these words: the list that every device makes of its own copy. */
export function closingCheck({ facts, ...text }: DraftText & { readonly facts: ClosingFacts }): readonly ClosingFault[] {
  const read = readDraft({ ...text, language: facts.language })
  if (!read.ok) return [{ kind: read.fault === 'too-large' ? 'too-long' : 'unreadable', found: '' }]
  return closingFaults(read.blocks, facts)
}

/** One transaction: merging updates, or applying them one by one, grows with the square of their number. */
export function openDraft(text: DraftText, options?: { readonly gc: boolean }): Y.Doc {
  const doc = new Y.Doc(options)
  doc.transact(() => fill(doc, text))
  return doc
}

export function fill(doc: Y.Doc, { snapshot, updates }: DraftText): void {
  if (snapshot) Y.applyUpdateV2(doc, snapshot)
  for (const update of updates) Y.applyUpdate(doc, update)
}
