// A word into which others' letters came while it was being written: both sides typed behind the same letter, and the document had to put
// one before the other. Found by where each letter was put, so that what somebody has put into a finished word is left alone.
import * as Y from 'yjs'

/** In UTF-16 units of the text. */
export interface CutWord {
  /** Where others' letters begin, behind the first half. */
  readonly at: number
  /** The second half. */
  readonly from: number
  readonly to: number
}

const WITHIN_WORD = /[\p{L}\p{M}\p{N}]/u

/** The first word of this writer's that is cut. */
export function cutWordIn(text: Y.XmlText, writer: number): CutWord | undefined {
  let index = 0
  /** The last letters of one's own, and others' behind them. */
  let half: { readonly item: Y.Item; readonly end: number; readonly others: Y.Item | undefined } | undefined
  for (let item = text._start; item; item = item.right) {
    const length = lettersIn(item).length
    if (length === 0) continue
    const isOwn = item.id.client === writer
    if (isOwn && half?.others && isCut(half.item, half.others, item)) return { at: half.end, from: index, to: index + goesOn(item) }
    index += length
    if (isOwn) half = { item, end: index, others: undefined }
    else if (half && !half.others) half = { ...half, others: item }
  }
  return undefined
}

function lettersIn({ deleted, content }: Y.Item): string {
  return !deleted && content instanceof Y.ContentString ? content.str : ''
}

/** Both were put behind the same letter, by people who did not see each other's. */
function isCut(first: Y.Item, others: Y.Item, rest: Y.Item): boolean {
  const behind = Y.createID(first.id.client, first.id.clock + first.length - 1)
  return (
    Y.compareIDs(rest.origin, behind) &&
    Y.compareIDs(others.origin, behind) &&
    !Y.compareIDs(others.rightOrigin, rest.id) &&
    WITHIN_WORD.test(lettersIn(first).slice(-1)) &&
    WITHIN_WORD.test(lettersIn(rest).slice(0, 1))
  )
}

/** What was written on in one go. */
function goesOn(item: Y.Item): number {
  let length = lettersIn(item).length
  let last = item
  for (let next = item.right; next; next = next.right) {
    const isNext = Y.compareIDs(next.origin, Y.createID(last.id.client, last.id.clock + last.length - 1))
    if (!isNext || next.id.client !== item.id.client) break
    length += lettersIn(next).length
    last = next
  }
  return length
}
