// Which letters of the text only look Kazakh, and how many places one exchange would change. Only asked for, never done by itself: whoever
// writes may mean a letter of another language.
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { type LookAlikePlace, lookAlikesIn } from '#shared/kernel/text/look-alikes.ts'

export interface LetterOffer {
  readonly found: string
  readonly instead: string
  readonly places: number
}

/** A block stays the same object until it is changed: typing costs a look at one block. */
const known = new WeakMap<Node, readonly LookAlikePlace[]>()

/** In the order in which they first stand in the text. */
export function offersIn({ doc }: Pick<EditorState, 'doc'>): readonly LetterOffer[] {
  const offers = new Map<string, LetterOffer>()
  doc.forEach((block) => {
    for (const { character, instead } of placesIn(block))
      offers.set(character, { found: character, instead, places: (offers.get(character)?.places ?? 0) + 1 })
  })
  return [...offers.values()]
}

/** Everywhere in the text, with the marks that the letter had. */
export function exchangeLetter(tr: Transaction, { found }: LetterOffer): Transaction {
  tr.doc.forEach((block, pos) => {
    for (const { index, character, instead } of placesIn(block)) {
      const at = pos + 1 + index
      if (character === found) tr.insertText(instead, at, at + character.length)
    }
  })
  return tr
}

function placesIn(block: Node): readonly LookAlikePlace[] {
  const places = known.get(block) ?? lookAlikesIn(block.textContent)
  known.set(block, places)
  return places
}
