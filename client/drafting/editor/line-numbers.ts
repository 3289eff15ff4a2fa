// How each block is shown: which number it has, how deep it stands, whether it carries on the line before it. All of it as the shared
// reading of the list says, so that screen and paper have the same; nothing of it is stored.
import { Extension } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { clauseNumber } from '#shared/document/text/blocks.ts'
import { endOf, linesOf } from './lines.ts'

interface Shown {
  readonly structure: string
  readonly decorations: DecorationSet
}

const key = new PluginKey<Shown>('lineNumbers')

export const lineNumbers = Extension.create({
  name: 'lineNumbers',
  addProseMirrorPlugins: () => [
    new Plugin<Shown>({
      key,
      state: {
        init: (_, { doc }) => shown(doc),
        apply: (tr, before, _old, { doc }) => {
          if (!tr.docChanged) return before
          const structure = structureOf(doc)
          // letters alone: what is shown moves with them
          return structure === before.structure
            ? { structure, decorations: before.decorations.map(tr.mapping, doc) }
            : shown(doc, structure)
        },
      },
      props: { decorations: (state) => key.getState(state)?.decorations },
    }),
  ],
})

function shown(doc: Node, structure = structureOf(doc)): Shown {
  const decorations: Decoration[] = []
  for (const line of linesOf(doc)) {
    const { pieces, kind, depth, number, empty } = line
    for (const [index, { node, pos }] of pieces.entries()) {
      const attributes = {
        'data-line': kind,
        'data-level': String(depth),
        ...(pieces.length > 1 && joined(node, index, pieces.length, empty)),
        ...(index === 0 && number && { 'data-number': clauseNumber(number) }),
      }
      decorations.push(Decoration.node(pos, pos + node.nodeSize, attributes))
    }
    // Joined blocks flow like words; this ends their line.
    if (line.pieces.length > 1) decorations.push(Decoration.widget(endOf(line), lineEnd, { side: -1, key: 'end', ignoreSelection: true }))
  }
  return { structure, decorations: DecorationSet.create(doc, decorations) }
}

function lineEnd(): HTMLElement {
  const end = document.createElement('div')
  end.className = 'draft-line-end'
  end.contentEditable = 'false'
  end.setAttribute('aria-hidden', 'true')
  return end
}

/** `void`: of a line without any words; `hollow`: of a block without any. */
function joined({ content }: Node, index: number, count: number, empty: boolean): Record<string, string> {
  const place = index === 0 ? 'first' : index === count - 1 ? 'last' : 'inner'
  return { 'data-joined': place, ...(content.size === 0 && { 'data-hollow': '' }), ...(empty && { 'data-void': '' }) }
}

/** Everything that the reading of a list goes by. */
function structureOf(doc: Node): string {
  return doc.children
    .map(({ attrs, textContent }) =>
      [attrs.id, attrs.kind, attrs.depth, attrs.continues, textContent === '' ? 0 : textContent.trim() === '' ? 1 : 2].join(),
    )
    .join('|')
}
