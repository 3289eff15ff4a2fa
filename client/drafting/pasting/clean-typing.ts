// Invisible characters that come by typing: keyboards' no-break spaces, what a correction, a dictation or an extension of the browser
// puts in. Whatever the door, what was put in is looked at once and cleaned as pasted words are.
import { Extension } from '@tiptap/core'
import { Plugin, type Transaction } from '@tiptap/pm/state'
import { Mapping } from '@tiptap/pm/transform'
import type { EditorView } from '@tiptap/pm/view'
import { isFromShared } from '#shared/document/binding/text-binding.ts'
import { visibleText } from '#shared/kernel/text/clean-text.ts'

interface Range {
  readonly from: number
  readonly to: number
}

export const cleanTyping = Extension.create({
  name: 'cleanTyping',
  addProseMirrorPlugins() {
    let view: EditorView | undefined
    /** Of a word that was being composed: the input method's until it is done. */
    let waiting = false
    return [
      new Plugin({
        view(own) {
          view = own
          return {
            update(current) {
              if (!waiting || current.composing) return
              waiting = false
              const { tr } = current.state
              if (clean(tr, [{ from: 0, to: tr.doc.content.size }])) current.dispatch(tr)
            },
            destroy: () => {
              view = undefined
            },
          }
        },
        appendTransaction(transactions, _before, { tr }) {
          const found = clean(tr, putIn(transactions))
          if (!found) return undefined
          if (!view?.composing) return tr
          waiting = true
          return undefined
        },
      }),
    ]
  },
})

/** Where this device has put letters in, in the text as it is now. */
function putIn(transactions: readonly Transaction[]): readonly Range[] {
  const ranges: Range[] = []
  const behind = new Mapping(transactions.flatMap(({ mapping }) => mapping.maps))
  let done = 0
  for (const transaction of transactions) {
    for (const map of transaction.mapping.maps) {
      const rest = behind.slice(++done)
      if (isFromShared(transaction)) continue
      map.forEach((_from, _to, from, to) => {
        if (to > from) ranges.push({ from: rest.map(from, -1), to: rest.map(to, 1) })
      })
    }
  }
  return ranges
}

/** Answers whether anything was to be cleaned. */
function clean(tr: Transaction, ranges: readonly Range[]): boolean {
  const { doc } = tr
  for (const { from, to } of ranges) {
    doc.nodesBetween(from, to, (node, pos) => {
      if (!node.isText || node.text === undefined) return
      const [start, end] = [Math.max(from, pos), Math.min(to, pos + node.nodeSize)]
      const put = node.text.slice(start - pos, end - pos)
      const kept = visibleText(put)
      if (kept === put) return
      const [at, until] = [tr.mapping.map(start, -1), tr.mapping.map(end)]
      tr.replaceWith(at, until, kept === '' ? [] : node.type.schema.text(kept, node.marks))
    })
  }
  return tr.docChanged
}
