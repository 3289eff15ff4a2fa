// What an undo may take away again: one's own letters always; a block that one made only when nobody else's letters stand in it.
import * as Y from 'yjs'
import type { Attribute } from '../document-grammar.ts'

/** What every block has from its first moment on. */
const FROM_BIRTH: ReadonlySet<string> = new Set<Attribute>(['id', 'kind', 'depth'])

/** Yjs asks from the newest item to the oldest, so a block's own letters are gone before the block is asked about. */
export function deletesInUndo(item: Y.Item): boolean {
  if (item.parentSub !== null) return item.left !== null || !FROM_BIRTH.has(item.parentSub)
  return !(item.content instanceof Y.ContentType) || item.content.type._length === 0
}
