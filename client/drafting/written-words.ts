// The words of edits that could not be saved, for copying: once, in the order of the text as far as it is known here.
import * as Y from 'yjs'
import { wordsNotIn } from '#shared/document/concurrent-edits.ts'
import type { TextHealth } from './guard/guarded-doc.ts'

/** From the first to behind the last, by author, what edits brought. */
type Brought = ReadonlyMap<number, readonly { readonly from: number; readonly to: number }[]>

/** Of edits that are in a text: the words that still stand there. */
export function wordsStanding(doc: Y.Doc, updates: readonly Uint8Array[]): string {
  const brought = broughtBy(updates)
  const lines: string[] = []
  for (const root of doc.share.values()) eachText(root._start, (text) => lines.push(lineOf(text, brought)))
  return lines.filter((line) => line !== '').join('\n')
}

/** Of edits that are in no text: in the order of the one that they were written for; at the end those whose place is not known any more. */
export function wordsIn(updates: readonly Uint8Array[], text?: Y.Doc): string {
  const trial = new Y.Doc()
  try {
    if (text) Y.applyUpdate(trial, Y.encodeStateAsUpdate(text))
    for (const update of updates) Y.applyUpdate(trial, update)
    const [only] = updates
    const all = updates.length > 1 ? Y.mergeUpdates([...updates]) : only
    return [wordsStanding(trial, updates), all ? wordsNotIn(trial, all) : ''].filter((words) => words !== '').join('\n')
  } catch {
    return '' // a damaged leftover on this device
  } finally {
    trial.destroy()
  }
}

/** Of a copy's own edits. What others took away with the place it stood in has come back by itself, unless the text is set aside. */
export function ownWordsIn({ doc, health }: { readonly doc: Y.Doc; readonly health: TextHealth }, updates: readonly Uint8Array[]): string {
  return health.kind === 'whole' ? wordsStanding(doc, updates) : wordsIn(updates, doc)
}

function broughtBy(updates: readonly Uint8Array[]): Brought {
  const brought = new Map<number, { from: number; to: number }[]>()
  for (const update of updates) {
    const { from, to } = Y.parseUpdateMeta(update)
    for (const [client, first] of from) brought.set(client, [...(brought.get(client) ?? []), { from: first, to: to.get(client) ?? first }])
  }
  return brought
}

function eachText(first: Y.Item | null, visit: (first: Y.Item | null) => void): void {
  let hasLetters = false
  for (let item = first; item; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentString) hasLetters = true
    else if (item.content instanceof Y.ContentType) eachText(item.content.type._start, visit)
  }
  if (hasLetters) visit(first)
}

/** Letters that did not stand together are set apart. */
function lineOf(first: Y.Item | null, brought: Brought): string {
  let line = ''
  let apart = false
  for (let item = first; item; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const { client, clock } = item.id
    const ranges = brought.get(client) ?? []
    for (const [at, letter] of item.content.str.split('').entries()) {
      const isOf = ranges.some(({ from, to }) => clock + at >= from && clock + at < to)
      if (isOf) line += apart && /\S$/.test(line) && letter !== ' ' ? ` ${letter}` : letter
      apart = !isOf
    }
  }
  return line.trim()
}
