// A language's list of blocks as the editor holds it; touches no DOM at import. One kind of node: what a block is stands in its
// attributes, as in the shared document.
import { type Extensions, getSchema, Mark, Node } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { type Attribute, isAttributeValue } from './document-grammar.ts'

export const Doc = Node.create({ name: 'doc', topNode: true, content: 'block+' })

export const Text = Node.create({ name: 'text', group: 'inline' })

interface Element {
  getAttribute(name: string): string | null
}

/** Of a block copied from a text of ours; its id is given anew where it stands already (binding/own-blocks.ts). Pasted ones can be anything. */
function attribute(name: Attribute, absent: unknown, read: (text: string) => unknown = (text) => text) {
  const parseHTML = (element: Element) => {
    const value = read(element.getAttribute(name === 'id' ? 'data-block' : `data-${name}`) ?? '')
    return isAttributeValue(name, value) ? value : absent
  }
  return { default: absent, rendered: false, parseHTML }
}

export const Block = Node.create({
  name: 'block',
  content: 'inline*',
  // a hard break is a line feed among the letters
  whitespace: 'pre',
  defining: true,
  addAttributes: () => ({
    id: attribute('id', ''),
    kind: attribute('kind', 'paragraph'),
    depth: attribute('depth', 0, Number),
    part: attribute('part', null),
    // where a piece of text was copied from means nothing where it is put
    continues: { default: null, rendered: false, parseHTML: () => null },
  }),
  parseHTML: () => [{ tag: '[data-block]' }],
  renderHTML({ node }) {
    const { kind, depth, id, part } = node.attrs
    const shown = { 'data-block': id, 'data-kind': kind, 'data-depth': String(depth), ...(part ? { 'data-part': part } : {}) }
    return [kind === 'heading' ? `h${rankOf(depth)}` : 'p', shown, 0]
  },
})

export const Bold = Mark.create({
  name: 'bold',
  parseHTML: () => [{ tag: 'strong' }, { tag: 'b' }],
  renderHTML: ({ HTMLAttributes }) => ['strong', HTMLAttributes, 0],
})

const Italic = Mark.create({
  name: 'italic',
  parseHTML: () => [{ tag: 'em' }, { tag: 'i' }],
  renderHTML: ({ HTMLAttributes }) => ['em', HTMLAttributes, 0],
})

export const documentExtensions: Extensions = [Doc, Text, Block, Bold, Italic]

let schema: Schema | undefined

export function documentSchema(): Schema {
  schema ??= getSchema(documentExtensions)
  return schema
}

function rankOf(depth: unknown): 1 | 2 | 3 {
  return depth === 1 || depth === 3 ? depth : 2
}
