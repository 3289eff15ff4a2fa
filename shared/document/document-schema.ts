// What an agreement is made of, for editor, server and freezing alike; touches no DOM at import.
// Numbers of clauses are computed where they are shown (CSS counters, canonical text), never stored: two people who
// insert a clause at once could not both be right.
import { type Extensions, getSchema, Mark, mergeAttributes, Node } from '@tiptap/core'
import type { Schema } from '@tiptap/pm/model'
import { isAttributeValue } from './document-grammar.ts'

/** Name of the shared fragment inside the Yjs document. */
export const DRAFT_FIELD = 'agreement'
/** The editor makes no deeper ones; what may stand in a text all the same says document-grammar.ts. */
export const MAX_CLAUSE_DEPTH = 4

export const Doc = Node.create({ name: 'doc', topNode: true, content: '(paragraph | heading | clause)+' })

export const Text = Node.create({ name: 'text', group: 'inline' })

const Paragraph = Node.create({
  name: 'paragraph',
  priority: 1000,
  content: 'inline*',
  parseHTML: () => [{ tag: 'p' }],
  renderHTML: ({ HTMLAttributes }) => ['p', HTMLAttributes, 0],
})

const Heading = Node.create({
  name: 'heading',
  content: 'inline*',
  defining: true,
  addAttributes: () => ({ level: { default: 2, rendered: false } }),
  parseHTML: () => [1, 2, 3].map((level) => ({ tag: `h${level}`, attrs: { level } })),
  renderHTML: ({ node, HTMLAttributes }) => [`h${headingLevel(node.attrs.level)}`, HTMLAttributes, 0],
})

export const Clause = Node.create({
  name: 'clause',
  content: 'paragraph (paragraph | bulletList | clause)*',
  defining: true,
  isolating: true,
  addAttributes: () => ({
    id: {
      default: null,
      parseHTML: (element: { getAttribute(name: string): string | null }) => {
        const id = element.getAttribute('data-id')
        return isAttributeValue('id', id) ? id : null // pasted ones can be anything
      },
      renderHTML: ({ id }: Record<string, unknown>) => (id ? { 'data-id': id } : {}),
    },
  }),
  parseHTML: () => [{ tag: 'section[data-clause]' }],
  renderHTML: ({ HTMLAttributes }) => ['section', mergeAttributes(HTMLAttributes, { 'data-clause': '' }), 0],
})

const BulletList = Node.create({
  name: 'bulletList',
  content: 'listItem+',
  parseHTML: () => [{ tag: 'ul' }],
  renderHTML: ({ HTMLAttributes }) => ['ul', HTMLAttributes, 0],
})

const ListItem = Node.create({
  name: 'listItem',
  content: 'paragraph+',
  defining: true,
  parseHTML: () => [{ tag: 'li' }],
  renderHTML: ({ HTMLAttributes }) => ['li', HTMLAttributes, 0],
})

const HardBreak = Node.create({
  name: 'hardBreak',
  inline: true,
  group: 'inline',
  selectable: false,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: ({ HTMLAttributes }) => ['br', HTMLAttributes],
  renderText: () => '\n',
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

export const documentExtensions: Extensions = [Doc, Text, Paragraph, Heading, Clause, BulletList, ListItem, HardBreak, Bold, Italic]

let schema: Schema | undefined

export function documentSchema(): Schema {
  schema ??= getSchema(documentExtensions)
  return schema
}

function headingLevel(level: unknown): 1 | 2 | 3 {
  return level === 1 || level === 3 ? level : 2
}
