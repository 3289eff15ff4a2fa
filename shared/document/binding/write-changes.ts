// What was changed in the editor, written into the shared document.
import type { Node } from '@tiptap/pm/model'
import type * as Y from 'yjs'
import { blockOf } from './block-node.ts'
import { type BlocksOf, type WrittenBlocks, writeBlocks } from './write-blocks.ts'

interface Written extends Omit<WrittenBlocks<Node>, 'old' | 'now'> {
  /** Of each block of `before`; empty when that shows an empty text, which has none. */
  readonly elements: readonly Y.XmlElement[]
  readonly before: Node
  readonly after: Node
}

const NODES: BlocksOf<Node> = { idOf: (node) => String(node.attrs.id), blockOf }

/** Inside a transaction. Answers the elements of the blocks of `after`. */
export function writeChanges(transaction: Y.Transaction, { before, after, ...where }: Written): readonly Y.XmlElement[] {
  const old = where.elements.length === 0 ? [] : before.children
  return writeBlocks(transaction, { ...where, old, now: after.children }, NODES)
}
