// An edit that no frame can carry is refused before it is in the text: what is in a shared document cannot be taken out of it unseen.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, type Transaction } from '@tiptap/pm/state'
import { ReplaceAroundStep, ReplaceStep } from '@tiptap/pm/transform'
import { isFromShared } from '#shared/document/binding/text-binding.ts'
import { utf8 } from '#shared/kernel/bytes.ts'

/** About what Yjs writes around a piece of text, a block with its attributes, and a mark's two ends. */
const AROUND = { text: 24, block: 106, attribute: 42, mark: 64 } as const

interface EditSizeOptions {
  /** In bytes. */
  readonly limit: number
  /** The words of the edit that was refused. */
  readonly onTooLarge: (words: string) => void
}

export function editSize({ limit, onTooLarge }: EditSizeOptions) {
  return Extension.create({
    name: 'editSize',
    addProseMirrorPlugins: () => [
      new Plugin({
        filterTransaction(tr) {
          if (!tr.docChanged || isFromShared(tr) || sizeOf(tr) <= limit) return true
          onTooLarge(wordsOf(tr))
          return false
        },
      }),
    ],
  })
}

function sizeOf(tr: Transaction): number {
  let bytes = 0
  eachInserted(tr, (node) => {
    if (node.isText) bytes += AROUND.text + utf8(node.text ?? '').length + node.marks.length * AROUND.mark
    else bytes += AROUND.block + [node.attrs.part, node.attrs.continues].filter((value) => value !== null).length * AROUND.attribute
  })
  return bytes
}

function wordsOf(tr: Transaction): string {
  let words = ''
  eachInserted(tr, (node) => {
    if (node.isText) words += node.text
    else if (words !== '') words += '\n'
  })
  return words
}

function eachInserted(tr: Transaction, visit: (node: Node) => void): void {
  for (const step of tr.steps) {
    if (step instanceof ReplaceStep || step instanceof ReplaceAroundStep) step.slice.content.descendants((node) => visit(node))
  }
}
