// One list of blocks turned into another by the smallest change: blocks are told apart by their ids, so that a change of structure
// becomes a change of attributes, and letters stay where they are.
import * as Y from 'yjs'
import type { DocumentBlock } from '../document-block.ts'
import { ATTRIBUTES } from '../document-grammar.ts'
import { blockElement, marksToYjs, setBlockAttribute, textOf } from '../yjs-document.ts'
import { changed, formatChanges, letterChange } from './letter-changes.ts'

export interface WrittenBlocks<T> {
  readonly fragment: Y.XmlFragment
  /** The element of each block of `old`. */
  readonly elements: readonly Y.XmlElement[]
  /** What is the same in both is the same object. */
  readonly old: readonly T[]
  readonly now: readonly T[]
  /** Where the caret stands: in which block of `now`, and behind how many of its letters. */
  readonly caret: { readonly block: number; readonly offset: number } | undefined
}

export interface BlocksOf<T> {
  readonly idOf: (each: T) => string
  readonly blockOf: (each: T) => DocumentBlock
}

/** Inside a transaction. Answers the elements of the blocks of `now`. */
export function writeBlocks<T>(
  transaction: Y.Transaction,
  { fragment, elements, old, now, caret }: WrittenBlocks<T>,
  { idOf, blockOf }: BlocksOf<T>,
): readonly Y.XmlElement[] {
  const start = sameFrom(old, now)
  const end = sameUpTo(old, now, start)
  const kept = keptBlocks(old.slice(start, old.length - end).map(idOf), now.slice(start, now.length - end).map(idOf))
  const keptOld = new Set([...kept.values()].map((index) => start + index))
  for (let index = start; index < old.length - end; index++) if (!keptOld.has(index)) elements[index]?._item?.delete(transaction)
  const written = [...elements.slice(0, start)]
  for (let index = start; index < now.length - end; index++) {
    const node = now[index]
    if (node === undefined) continue
    const from = kept.get(index - start)
    const element = from === undefined ? undefined : elements[start + from]
    if (element) {
      const was = old[start + (from ?? 0)]
      if (was !== node)
        writeBlock(element, was === undefined ? undefined : blockOf(was), blockOf(node), caret?.block === index ? caret.offset : undefined)
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

function sameFrom(old: readonly unknown[], now: readonly unknown[]): number {
  let same = 0
  while (same < old.length && same < now.length && old[same] === now[same]) same++
  return same
}

function sameUpTo(old: readonly unknown[], now: readonly unknown[], from: number): number {
  const longest = Math.min(old.length, now.length) - from
  let same = 0
  while (same < longest && old[old.length - same - 1] === now[now.length - same - 1]) same++
  return same
}

/**
 * Which new blocks are which old ones: those of one id, as many as stand in the same order in both lists. The others were moved, and a
 * move is a deletion and an insertion.
 */
function keptBlocks(old: readonly string[], now: readonly string[]): ReadonlyMap<number, number> {
  const places = new Map(old.map((id, index) => [id, index]))
  const pairs = now.flatMap((id, index) => {
    const place = places.get(id)
    places.delete(id)
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
