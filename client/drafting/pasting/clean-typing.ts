// Invisible characters that come by typing: keyboards' no-break spaces, what a correction, a dictation or an extension of the browser
// puts in. Whatever the door, what was put in is looked at once and cleaned as pasted words are.
import { Extension } from '@tiptap/core'
import type { Mark, Node } from '@tiptap/pm/model'
import { type EditorState, Plugin, PluginKey, type Transaction } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { isFromShared } from '#shared/document/binding/text-binding.ts'
import { visibleText } from '#shared/kernel/text/clean-text.ts'

interface Range {
  readonly from: number
  readonly to: number
}

/** Where this device has put in what is still to be cleaned; a composed word is the input method's until it is done. */
const key = new PluginKey<readonly Range[]>('cleanTyping')

export const cleanTyping = Extension.create({
  name: 'cleanTyping',
  addProseMirrorPlugins() {
    let view: EditorView | undefined
    return [
      new Plugin<readonly Range[]>({
        key,
        state: {
          init: () => [],
          apply(tr, waiting) {
            if (!tr.docChanged) return waiting
            const kept = waiting.map(({ from, to }) => ({ from: tr.mapping.map(from, -1), to: tr.mapping.map(to, 1) }))
            return [...kept, ...putIn(tr)].filter((range) => changesIn(tr.doc, range).length > 0)
          },
        },
        view(own) {
          view = own
          return {
            update(current) {
              const tr = current.composing ? undefined : cleaning(current.state)
              if (tr) current.dispatch(tr)
            },
            destroy: () => {
              view = undefined
            },
          }
        },
        appendTransaction: (_transactions, _before, after) => (view?.composing ? undefined : cleaning(after)),
      }),
    ]
  },
})

/** In the text as the transaction leaves it. */
function putIn(tr: Transaction): readonly Range[] {
  if (isFromShared(tr)) return []
  const ranges: Range[] = []
  for (const [index, map] of tr.mapping.maps.entries()) {
    const rest = tr.mapping.slice(index + 1)
    map.forEach((_from, _to, from, to) => {
      if (to > from) ranges.push({ from: rest.map(from, -1), to: rest.map(to, 1) })
    })
  }
  return ranges
}

interface Change extends Range {
  readonly kept: string
  readonly marks: readonly Mark[]
}

function changesIn(doc: Node, { from, to }: Range): readonly Change[] {
  const changes: Change[] = []
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.text === undefined) return
    const [start, end] = [Math.max(from, pos), Math.min(to, pos + node.nodeSize)]
    const put = node.text.slice(start - pos, end - pos)
    if (visibleText(put) === put) return
    for (const { 0: letter, index } of put.matchAll(/\r\n|[\s\S]/gu)) {
      const [at, kept] = [start + index, visibleText(letter)]
      if (kept !== letter) changes.push({ from: at, to: at + letter.length, kept, marks: node.marks })
    }
  })
  return changes
}

function cleaning(state: EditorState): Transaction | undefined {
  const waiting = key.getState(state) ?? []
  if (waiting.length === 0) return undefined
  const { tr, doc, schema } = state
  // what was put in twice in one place stands in two ranges
  const changes = new Map(waiting.flatMap((range) => changesIn(doc, range)).map((change) => [change.from, change]))
  for (const { from, to, kept, marks } of changes.values()) {
    tr.replaceWith(tr.mapping.map(from, -1), tr.mapping.map(to), kept === '' ? [] : schema.text(kept, marks))
  }
  return tr
}
