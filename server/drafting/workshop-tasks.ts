// What happens to a draft's text where it must be opened: only in the workshop's own thread, under limits.
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProsemirrorJSON } from '@tiptap/y-tiptap'
import * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { DRAFT_FIELD, documentSchema } from '#shared/document/document-schema.ts'
import { SYSTEM_CLIENT_ID } from '#shared/drafting/draft-wire.ts'
import { countSteps, TooManySteps } from './structure/count-steps.ts'
import { readStructure } from './structure/read-structure.ts'
import { repairDocument } from './structure/repair-document.ts'
import { MAX_MOVES, MAX_PIECES, MAX_STEPS_TO_OPEN, stepsAlone } from './structure/step-estimate.ts'
import { encodeStructure } from './structure/structure-codec.ts'
import { scanUpdate } from './update-scan.ts'

/** Everything a draft holds: a snapshot (V2), and the updates after it (V1) in order. */
export interface DraftText {
  readonly snapshot?: Uint8Array
  readonly updates: readonly Uint8Array[]
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

export type ReadDocument =
  | { readonly ok: true; readonly document: DocumentNode }
  | { readonly ok: false; readonly fault: 'broken' | 'too-large' }

/** A fault of a text that cannot be frozen, as the canonical text names it. */
export interface TextFault {
  readonly fault: string
  readonly clause?: string | undefined
  readonly codePoint?: number
}

export type CanonicalDraft = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly faults: readonly TextFault[] }

/** Given by whoever knows what people sign. */
export type CanonicalWriter = (document: DocumentNode) => CanonicalDraft

/** A text that takes more is begun anew: four times what an edit may bring it to, because the estimate between two countings may err. */
const MAX_STEPS_KEPT = 4 * MAX_STEPS_TO_OPEN
/** Some ten seconds: what takes longer, even without the edits that make it so, is not opened at all. */
const MAX_STEPS_TO_REPAIR = 80_000_000
const MAX_DEPTH = 32
const MAX_NODES = 50_000

/** The first entry of a draft. The editor's own library writes it, so that no client ever finds anything to mend. */
export function startDraft(document: DocumentNode): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = SYSTEM_CLIENT_ID
  prosemirrorJSONToYXmlFragment(documentSchema(), document, doc.getXmlFragment(DRAFT_FIELD))
  return Y.encodeStateAsUpdate(doc)
}

export function compactDraft(text: DraftText): Compacted {
  const { doc, steps } = openOrRescue(text)
  const structure = readStructure(doc, steps)
  if (!structure || steps > MAX_STEPS_KEPT || structure.nodes.itemsInAll > MAX_PIECES) return beginAnew(doc, 'unshowable')
  const update = Y.encodeStateAsUpdateV2(doc)
  const fetched = openDraft({ snapshot: update, updates: [] })
  if (fetched.getXmlFragment(DRAFT_FIELD).toString() !== doc.getXmlFragment(DRAFT_FIELD).toString()) return beginAnew(doc, 'differs')
  return { state: 'sound', update, structure: encodeStructure(structure) }
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

function beginAnew(old: Y.Doc, state: Compacted['state']): Compacted {
  const doc = openDraft({ updates: [startDraft(repairDocument(old.getXmlFragment(DRAFT_FIELD)))] })
  const structure = readStructure(doc, 0)
  if (!structure) throw new Error('a document of our own that is not sound')
  return { state, update: Y.encodeStateAsUpdateV2(doc), structure: encodeStructure(structure) }
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

export function readDraft(text: DraftText): ReadDocument {
  const doc = openDraft(text)
  if (doc.store.pendingStructs || doc.store.pendingDs) return { ok: false, fault: 'broken' }
  const fragment = doc.getXmlFragment(DRAFT_FIELD)
  if (!isModest(fragment)) return { ok: false, fault: 'too-large' }
  const document = yXmlFragmentToProsemirrorJSON(fragment) as unknown as DocumentNode // checked against the schema in the next line
  try {
    documentSchema().nodeFromJSON(document).check()
  } catch {
    return { ok: false, fault: 'broken' } // off the schema: somebody's client wrote what our editor cannot
  }
  return { ok: true, document }
}

export function canonicalDraft(text: DraftText, write: CanonicalWriter): CanonicalDraft {
  const read = readDraft(text)
  if (!read.ok) return { ok: false, faults: [{ fault: read.fault }] }
  const canonical = write(read.document)
  return canonical.ok ? { ok: true, text: canonical.text } : { ok: false, faults: canonical.faults }
}

/** One transaction: merging updates, or applying them one by one, grows with the square of their number. */
export function openDraft(text: DraftText): Y.Doc {
  const doc = new Y.Doc()
  doc.transact(() => fill(doc, text))
  return doc
}

function fill(doc: Y.Doc, { snapshot, updates }: DraftText): void {
  if (snapshot) Y.applyUpdateV2(doc, snapshot)
  for (const update of updates) Y.applyUpdate(doc, update)
}

/** Before anything walks the tree by recursion. */
function isModest(fragment: Y.XmlFragment): boolean {
  let nodes = 0
  let level: (Y.XmlFragment | Y.XmlElement)[] = [fragment]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false
    const next: Y.XmlElement[] = []
    for (const parent of level) {
      nodes += parent.length
      if (nodes > MAX_NODES) return false
      for (const child of parent.toArray()) if (child instanceof Y.XmlElement) next.push(child)
    }
    level = next
  }
  return true
}
