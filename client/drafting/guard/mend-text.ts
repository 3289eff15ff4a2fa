// Makes a text fit the schema again after edits that met: two people who each delete one of a clause's two paragraphs leave it without
// any. No word goes: what has children gets the paragraph that it lacks, only what is empty is taken out.
import * as Y from 'yjs'
import type { TextShape } from './shape-of-text.ts'

/** Origin of the mending transactions. */
export const MENDING = Symbol('mending')

/** One round; taking out an empty point may leave an empty list behind. */
export function mendText(doc: Y.Doc, { at }: Extract<TextShape, { kind: 'uneven' }>): void {
  doc.transact(() => {
    for (const element of at) {
      if (element.length > 0) element.insert(0, [new Y.XmlElement('paragraph')])
      else takeOut(element)
    }
  }, MENDING)
}

function takeOut(element: Y.XmlElement): void {
  const { parent } = element
  if (!(parent instanceof Y.XmlFragment)) return
  const index = parent.toArray().indexOf(element)
  if (index >= 0) parent.delete(index, 1)
}
