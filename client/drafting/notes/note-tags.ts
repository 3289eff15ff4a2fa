// What a mediator marks in their own notes: #issue, #offer, @side, in each of the three languages and with any ending. Found in the words
// as they stand: nothing is stored beside them.
import { type DocumentBlock, wordsOf } from '#shared/document/document-block.ts'
import type { SideId } from '#shared/kernel/ids.ts'

export type NoteTag = 'issue' | 'offer' | `@${SideId}`

interface NamedSide {
  readonly id: SideId
  readonly name: string
}

/** The beginnings that a language's endings are added to. */
const BEGINNINGS: Readonly<Record<'issue' | 'offer', readonly string[]>> = {
  issue: ['issue', 'вопрос', 'мәселе'],
  offer: ['offer', 'предложени', 'ұсыныс'],
}
const MARKED = /(?<![\p{L}\p{N}])([#@])(\p{L}[\p{L}\p{N}-]*)/gu
/** Fewer letters could be anybody. */
const LEAST_LETTERS = 2
/** From so many letters of a name on, what stands behind them is an ending. */
const WHOLE_LETTERS = 4

export function tagsIn(text: string, sides: readonly NamedSide[]): ReadonlySet<NoteTag> {
  const tags = new Set<NoteTag>()
  for (const [, sign, written = ''] of text.matchAll(MARKED)) {
    const tag = sign === '#' ? topicOf(written.toLowerCase()) : sideOf(written.toLowerCase(), sides)
    if (tag) tags.add(tag)
  }
  return tags
}

/** How many paragraphs bear each tag; those that none bears are not named. */
export function countTags(blocks: readonly DocumentBlock[], sides: readonly NamedSide[]): ReadonlyMap<NoteTag, number> {
  const counts = new Map<NoteTag, number>()
  for (const block of blocks) for (const tag of tagsIn(wordsOf(block), sides)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  const order: readonly NoteTag[] = ['issue', 'offer', ...sides.map(({ id }) => `@${id}` as const)]
  return new Map(order.flatMap((tag) => (counts.has(tag) ? [[tag, counts.get(tag) ?? 0] as const] : [])))
}

export function withTag(blocks: readonly DocumentBlock[], tag: NoteTag, sides: readonly NamedSide[]): readonly DocumentBlock[] {
  return blocks.filter((block) => tagsIn(wordsOf(block), sides).has(tag))
}

function topicOf(written: string): NoteTag | undefined {
  return (['issue', 'offer'] as const).find((topic) => BEGINNINGS[topic].some((beginning) => written.startsWith(beginning)))
}

/** One side alone: what two could be called is nobody's. */
function sideOf(written: string, sides: readonly NamedSide[]): NoteTag | undefined {
  if (written.length < LEAST_LETTERS) return undefined
  const meant = sides.filter(({ name }) =>
    (name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).some(
      (word) => word.startsWith(written) || (word.length >= WHOLE_LETTERS && written.startsWith(word)),
    ),
  )
  const [only] = meant
  return only && meant.length === 1 ? `@${only.id}` : undefined
}
