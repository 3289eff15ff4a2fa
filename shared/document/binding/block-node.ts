// A block as the editor's node, and back.
import type { Mark as EditorMark, Node, Schema } from '@tiptap/pm/model'
import type { DocumentBlock, Run } from '../document-block.ts'
import { type BlockKind, type Duty, MARKS, type Mark } from '../document-grammar.ts'

export function nodeOf(schema: Schema, { id, kind, depth, part, continues, runs }: DocumentBlock): Node {
  const attributes = { id, kind, depth, part: part ?? null, continues: continues ?? null }
  return schema.node('block', attributes, textNodes(schema, runs))
}

export function textNodes(schema: Schema, runs: readonly Run[]): Node[] {
  return runs.filter(({ text }) => text !== '').map(({ text, marks }) => schema.text(text, editorMarks(schema, marks)))
}

export function editorMarks(schema: Schema, marks: readonly Mark[]): readonly EditorMark[] {
  return marks.map((mark) => schema.mark(mark))
}

/** The node was made by our schema, which gives each attribute its default. */
export function blockOf(node: Node): DocumentBlock {
  const { id, kind, depth, part, continues } = node.attrs
  return {
    id: String(id),
    kind: kind as BlockKind,
    depth: Number(depth),
    part: (part as Duty | null) ?? undefined,
    continues: (continues as string | null) ?? undefined,
    runs: runsOf(node),
  }
}

export function blocksOf(doc: Node): readonly DocumentBlock[] {
  return doc.children.map(blockOf)
}

function runsOf(node: Node): readonly Run[] {
  return node.children.flatMap((child) =>
    child.text === undefined
      ? []
      : [{ text: child.text, marks: MARKS.filter((mark) => child.marks.some(({ type }) => type.name === mark)) }],
  )
}
