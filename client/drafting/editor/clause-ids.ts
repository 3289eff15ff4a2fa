// Every clause carries an id of its own. Splitting and pasting copy ids, so later duplicates are renamed; only after changes made here,
// or two devices would rename the same clause against each other.
import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { ySyncPluginKey } from '@tiptap/y-tiptap'

export function clauseIds({ newId }: { newId: () => string }) {
  return Extension.create({
    name: 'clauseIds',
    addProseMirrorPlugins() {
      return [
        new Plugin({
          appendTransaction(transactions, _before, state) {
            const local = transactions.some((each) => each.docChanged && !each.getMeta(ySyncPluginKey))
            if (!local) return null
            const seen = new Set<string>()
            const { tr } = state
            state.doc.descendants((node, pos) => {
              if (node.type.name !== 'clause') return node.type.name === 'doc'
              const id = String(node.attrs.id ?? '')
              if (id === '' || seen.has(id)) tr.setNodeAttribute(pos, 'id', newId())
              seen.add(id)
              return true
            })
            return tr.docChanged ? tr : null
          },
        }),
      ]
    },
  })
}
