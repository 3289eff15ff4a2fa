// What was changed in the editor, written into the shared document: blocks are told apart by their ids, so that a change of structure
// becomes a change of attributes, and letters stay where they are.
import type { Node } from '@tiptap/pm/model'
import * as Y from 'yjs'
import type { DocumentBlock } from '../document-block.ts'
import { ATTRIBUTES } from '../document-grammar.ts'
import { blockElement, marksToYjs, setBlockAttribute, textOf } from '../yjs-document.ts'
import { blockOf } from './block-node.ts'
import { changed, formatChanges, letterChange } from './letter-changes.ts'

interface Written {
  readonly fragment: Y.XmlFragment
  /** The element of each block of `before`; empty when that shows an empty text, which has none. */
  readonly elements: readonly Y.XmlElement[]
  readonly before: Node
  readonly after: Node
  /** Where the caret stands: in which block of `after`, and behind how many of its letters. */
  readonly caret: { readonly block: number; readonly offset: number } | undefined
}

/** Inside a transaction. Answers the elements of the blocks of `after`. */
export function writeChanges(transaction: Y.Transaction, { fragment, elements, before, after, caret }: Written): readonly Y.XmlElement[] {
  const old = elements.length === 0 ? [] : before.children
  const now = after.children
  const start = sameFrom(old, now)
  const end = sameUpTo(old, now, start)
  const kept = keptBlocks(old.slice(start, old.length - end), now.slice(start, now.length - end))
  const keptOld = new Set([...kept.values()].map((index) => start + index))
  for (let index = start; index < old.length - end; index++) if (!keptOld.has(index)) elements[index]?._item?.delete(transaction)
  const written = [...elements.slice(0, start)]
  for (let index = start; index < now.length - end; index++) {
    const node = now[index]
    if (!node) continue
    const from = kept.get(index - start)
    const element = from === undefined ? undefined : elements[start + from]
    if (element) {
      const was = old[start + (from ?? 0)]
      if (was !== node) writeBlock(element, was && blockOf(was), blockOf(node), caret?.block === index ? caret.offset : undefined)
      written.push(element)
    } else {
      const made = blockElement(blockOf(node))
      fragment.insertAfter(written.at(-1) ?? null, [made])
      written.push(made)
    }
  }
  written.push(...elements.slice(old.length - end))
  return written
}

function writeBlock(element: Y.XmlElement, before: DocumentBlock | undefined, after: DocumentBlock, caret: number | undefined): void {
  for (const attribute of ATTRIBUTES) {
    if (before?.[attribute] !== after[attribute]) setBlockAttribute(element, attribute, after[attribute])
  }
  const text = textOf(element) ?? emptyText(element)
  let runs = before?.runs ?? []
  const letters = letterChange(runs, after.runs, caret)
  if (letters) {
    if (letters.deleted > 0) text.delete(letters.from, letters.deleted)
    let at = letters.from
    for (const run of letters.inserted) {
      text.insert(at, run.text, marksToYjs(run.marks))
      at += run.text.length
    }
    runs = changed(runs, letters)
  }
  for (const { from, length, marks } of formatChanges(runs, after.runs)) text.format(from, length, marksToYjs(marks))
}

function emptyText(element: Y.XmlElement): Y.XmlText {
  const text = new Y.XmlText()
  element.insert(0, [text])
  return text
}

function sameFrom(old: readonly Node[], now: readonly Node[]): number {
  let same = 0
  while (same < old.length && same < now.length && old[same] === now[same]) same++
  return same
}

function sameUpTo(old: readonly Node[], now: readonly Node[], from: number): number {
  const longest = Math.min(old.length, now.length) - from
  let same = 0
  while (same < longest && old[old.length - same - 1] === now[now.length - same - 1]) same++
  return same
}

/**
 * Which new blocks are which old ones: those of one id, as many as stand in the same order in both lists. The others were moved, and a
 * move is a deletion and an insertion.
 */
function keptBlocks(old: readonly Node[], now: readonly Node[]): ReadonlyMap<number, number> {
  const places = new Map(old.map((node, index) => [String(node.attrs.id), index]))
  const pairs = now.flatMap((node, index) => {
    const place = places.get(String(node.attrs.id))
    places.delete(String(node.attrs.id))
    return place === undefined ? [] : [{ index, place }]
  })
  return new Map(longestRise(pairs).map(({ index, place }) => [index, place]))
}

interface Pair {
  readonly index: number
  readonly place: number
}

/** The longest choice of pairs whose places rise. */
function longestRise(pairs: readonly Pair[]): readonly Pair[] {
  interface Chain extends Pair {
    readonly before: Chain | undefined
  }
  const ends: Chain[] = [] // of the chains of each length, the one that ends lowest
  for (const pair of pairs) {
    let length = ends.length
    while (length > 0 && (ends[length - 1]?.place ?? 0) > pair.place) length--
    ends[length] = { ...pair, before: ends[length - 1] }
  }
  const rise: Pair[] = []
  for (let chain = ends.at(-1); chain; chain = chain.before) rise.push(chain)
  return rise.reverse()
}
