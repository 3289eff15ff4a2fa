// After each change made in this editor: every block has an id of its own, and letters that were put together by deleting what stood
// between them stay in their own blocks, joined by an attribute. So nothing that others type there meanwhile is taken out.
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'
import { TextSelection } from '@tiptap/pm/state'
import { Mapping, ReplaceStep } from '@tiptap/pm/transform'
import { isFromShared } from './text-binding.ts'

/** Undefined when nothing is to be done. */
export function ownBlocks(
  transactions: readonly Transaction[],
  before: EditorState,
  after: EditorState,
  newId: () => string,
): Transaction | undefined {
  const local = transactions.filter((tr) => tr.docChanged && !isFromShared(tr))
  if (local.length === 0) return undefined
  const { tr } = after
  for (const merged of mergedBlocks(transactions)) separate(tr, merged)
  giveIds(tr, new Set(before.doc.children), newId)
  return tr.docChanged ? tr : undefined
}

/** Two blocks that one step has put together: where the second one's letters begin now, and what it was. */
interface Merged {
  readonly at: number
  readonly first: Node
  readonly second: Node
  readonly rest: number
}

function mergedBlocks(transactions: readonly Transaction[]): readonly Merged[] {
  const found: Merged[] = []
  const behind = new Mapping(transactions.flatMap(({ mapping }) => mapping.maps))
  let done = 0
  for (const transaction of transactions) {
    for (const [index, step] of transaction.steps.entries()) {
      done++
      const doc = transaction.docs[index]
      if (isFromShared(transaction) || !doc || !(step instanceof ReplaceStep)) continue
      const [$from, $to] = [doc.resolve(step.from), doc.resolve(step.to)]
      if ($from.depth === 0 || $to.depth === 0 || $from.parent === $to.parent) continue
      const rest = $to.parent.content.size - $to.parentOffset
      const at = behind.slice(done - 1).map(step.to, 1)
      if (rest > 0) found.push({ at, first: $from.parent, second: $to.parent, rest })
    }
  }
  return found
}

function separate(tr: Transaction, { at, first, second, rest }: Merged): void {
  const pos = tr.mapping.map(at, 1)
  const $at = tr.doc.resolve(pos)
  if ($at.depth === 0 || $at.parent.attrs.id !== first.attrs.id || $at.parent.content.size - $at.parentOffset !== rest) return
  const selection = tr.selection
  tr.split(pos, 1, [{ type: second.type, attrs: { ...second.attrs, continues: first.attrs.id } }])
  if (selection.empty && selection.head === pos) tr.setSelection(TextSelection.create(tr.doc, pos))
}

/** Splitting and pasting copy ids: a block that stands as it stood before keeps its own, of the others the first one. */
function giveIds(tr: Transaction, unchanged: ReadonlySet<Node>, newId: () => string): void {
  const taken = new Set<string>()
  for (const node of tr.doc.children) if (unchanged.has(node)) taken.add(String(node.attrs.id))
  tr.doc.forEach((node, pos) => {
    if (unchanged.has(node) && node.attrs.id !== '') return
    const id = String(node.attrs.id)
    if (id !== '' && !taken.has(id)) taken.add(id)
    else tr.setNodeMarkup(pos, undefined, { ...node.attrs, id: newId(), continues: null })
  })
}
