// Whether a text holds anything that our grammar does not know: judged by what an edit has touched, with the verdict of a walk over
// the whole text. Whatever is of our grammar can be shown, however edits met.
import * as Y from 'yjs'
import { languageOfFragment } from '#shared/document/document-grammar.ts'
import { isSoundBlock, livingItems } from '#shared/document/yjs-document.ts'

/** Of a text that was sound before the transaction. */
export function bringsForeign(transaction: Y.Transaction): boolean {
  const { share } = transaction.doc
  for (const name of share.keys()) if (languageOfFragment(name) === undefined) return true
  const touched = new Set<Y.Item>()
  for (const type of transaction.changed.keys()) {
    const list = listOf(type)
    if (!list) return true
    if (list.item) touched.add(list.item)
    else for (const item of livingItems(list.root)) if (isNew(item, transaction)) touched.add(item)
  }
  for (const item of touched) if (!item.deleted && !isSoundBlock(item)) return true
  return false
}

type AnyType = Parameters<Y.Transaction['changed']['get']>[0]

/** A list of blocks, or the item in it that a type belongs to. Undefined for what lies deeper than a block's letters. */
function listOf(type: AnyType): { readonly root: AnyType; readonly item?: Y.Item } | undefined {
  if (!type._item) return { root: type }
  let item = type._item
  for (let depth = 0; depth < 2; depth++) {
    const parent = item.parent
    if (!(parent instanceof Y.AbstractType)) return undefined
    if (!parent._item) return { root: parent, item }
    item = parent._item
  }
  return undefined
}

function isNew({ id }: Y.Item, { beforeState }: Y.Transaction): boolean {
  return id.clock >= (beforeState.get(id.client) ?? 0)
}
