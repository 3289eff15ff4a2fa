// The smallest change that leads from one block's letters to another's. Where several would do ("aa" to "aaa"), the caret says which.
import type { Run } from '../document-block.ts'
import type { Mark } from '../document-grammar.ts'
import { sameMarks } from '../yjs-document.ts'

interface LetterChange {
  readonly from: number
  readonly deleted: number
  readonly inserted: readonly Run[]
}

interface FormatChange {
  readonly from: number
  readonly length: number
  readonly marks: readonly Mark[]
}

/** Undefined when the letters are the same. `caret`: where it stands in the new letters. */
export function letterChange(before: readonly Run[], after: readonly Run[], caret?: number): LetterChange | undefined {
  const [old, now] = [textOf(before), textOf(after)]
  if (old === now) return undefined
  const from = beginning(old, now, caret)
  const kept = ending(old, now, from)
  return { from, deleted: old.length - kept - from, inserted: cut(after, from, now.length - kept) }
}

/** What is left to be formatted once the letters are the same. */
export function formatChanges(before: readonly Run[], after: readonly Run[]): readonly FormatChange[] {
  const changes: FormatChange[] = []
  let at = 0
  for (const { text, marks } of after) {
    for (const old of cut(before, at, at + text.length)) {
      const last = changes.at(-1)
      if (!sameMarks(old.marks, marks)) {
        if (last && last.from + last.length === at && sameMarks(last.marks, marks))
          changes[changes.length - 1] = { ...last, length: last.length + old.text.length }
        else changes.push({ from: at, length: old.text.length, marks })
      }
      at += old.text.length
    }
  }
  return changes
}

/** The runs as they are once a change of letters was made. */
export function changed(before: readonly Run[], { from, deleted, inserted }: LetterChange): readonly Run[] {
  return [...cut(before, 0, from), ...inserted, ...cut(before, from + deleted, Number.POSITIVE_INFINITY)]
}

export function cut(runs: readonly Run[], from: number, to: number): readonly Run[] {
  const pieces: Run[] = []
  let at = 0
  for (const { text, marks } of runs) {
    const piece = text.slice(Math.max(0, from - at), Math.max(0, to - at))
    if (piece !== '') pieces.push({ text: piece, marks })
    at += text.length
  }
  return pieces
}

function beginning(old: string, now: string, caret: number | undefined): number {
  const longest = Math.min(old.length, now.length)
  let same = 0
  while (same < longest && old.charCodeAt(same) === now.charCodeAt(same)) same++
  if (caret !== undefined) {
    // what was typed ends at the caret; what was deleted began there
    const at = Math.min(caret, caret - (now.length - old.length))
    if (at >= 0 && at < same && old.endsWith(now.slice(at + Math.max(0, now.length - old.length)))) same = at
  }
  return isPair(old, same) || isPair(now, same) ? same - 1 : same
}

function ending(old: string, now: string, from: number): number {
  const longest = Math.min(old.length, now.length) - from
  let same = 0
  while (same < longest && old.charCodeAt(old.length - same - 1) === now.charCodeAt(now.length - same - 1)) same++
  return same > 0 && (isPair(old, old.length - same) || isPair(now, now.length - same)) ? same - 1 : same
}

/** Between the two halves of one character. */
function isPair(text: string, at: number): boolean {
  return at > 0 && at < text.length && (text.charCodeAt(at) & 0xfc00) === 0xdc00 && (text.charCodeAt(at - 1) & 0xfc00) === 0xd800
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('')
}
