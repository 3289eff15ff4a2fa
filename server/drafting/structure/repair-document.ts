// What can be read of a document that no editor can show: every word that stands anywhere in it, in its order, each in the nearest place
// that our schema has for it. A draft begins anew from this.
import * as Y from 'yjs'
import { isAttributeValue, MAX_CLAUSES_DEEP } from '#shared/document/document-grammar.ts'
import type { DocumentNode } from '#shared/document/document-node.ts'

/** As many as can be signed; what comes behind them in a text made to hurt is left out. */
const MAX_NODES = 20_000
const MAX_DEPTH = 40

type Items = { readonly _start: Y.Item | null }

export function repairDocument(fragment: Items): DocumentNode {
  const content = new Repair().blocks(fragment, 'root', 0, 0)
  return { type: 'doc', content: content.length > 0 ? content : [{ type: 'paragraph' }] }
}

class Repair {
  #nodes = 0

  /** The blocks inside, as they may stand at the root or in a clause. */
  blocks(parent: Items, where: 'root' | 'clause' | 'item', clauses: number, depth: number): DocumentNode[] {
    const blocks: DocumentNode[] = []
    for (const item of this.#living(parent)) {
      const { content } = item
      if (content instanceof Y.ContentString) blocks.push(paragraph([{ type: 'text', text: content.str }]))
      else if (content instanceof Y.ContentType && content.type instanceof Y.XmlText)
        blocks.push(paragraph(this.inline({ _start: item }, true)))
      else if (content instanceof Y.ContentType && depth < MAX_DEPTH) blocks.push(...this.#block(content.type, where, clauses, depth))
    }
    return blocks
  }

  #block(type: unknown, where: 'root' | 'clause' | 'item', clauses: number, depth: number): DocumentNode[] {
    if (!(type instanceof Y.XmlElement)) return []
    const inside = (place: typeof where, deep = clauses) => this.blocks(type, place, deep, depth + 1)
    switch (type.nodeName) {
      case 'paragraph':
        return [paragraph(this.inline(type))]
      case 'heading':
        return where === 'root'
          ? [{ type: 'heading', attrs: { level: levelOf(type) }, content: this.inline(type) }]
          : [paragraph(this.inline(type))]
      case 'clause':
        return where === 'item' || clauses >= MAX_CLAUSES_DEEP ? inside(where) : [clauseOf(type, inside('clause', clauses + 1))]
      case 'bulletList': {
        const items = where === 'clause' ? this.#items(type, clauses, depth + 1) : []
        return where === 'clause' ? (items.length > 0 ? [{ type: 'bulletList', content: items }] : []) : inside(where)
      }
      case 'hardBreak':
        return []
      default:
        return inside(where)
    }
  }

  #items(list: Y.XmlElement, clauses: number, depth: number): DocumentNode[] {
    const items: DocumentNode[] = []
    for (const { content } of this.#living(list)) {
      if (!(content instanceof Y.ContentType) || !(content.type instanceof Y.XmlElement)) continue
      const paragraphs = this.blocks(content.type, 'item', clauses, depth + 1).filter((block) => block.type === 'paragraph')
      if (paragraphs.length > 0) items.push({ type: 'listItem', content: paragraphs })
    }
    return items
  }

  inline(parent: Items, onlyFirst = false): DocumentNode[] {
    const inline: DocumentNode[] = []
    for (const { content } of this.#living(parent)) {
      if (content instanceof Y.ContentString) inline.push({ type: 'text', text: content.str })
      else if (content instanceof Y.ContentType && content.type instanceof Y.XmlText) inline.push(...textNodes(content.type))
      else if (content instanceof Y.ContentType && content.type instanceof Y.XmlElement && content.type.nodeName === 'hardBreak')
        inline.push({ type: 'hardBreak' })
      if (onlyFirst) break
    }
    return inline
  }

  *#living(parent: Items): Iterable<Y.Item> {
    for (let item = parent._start; item; item = item.right) {
      if (this.#nodes++ >= MAX_NODES) return
      if (!item.deleted) yield item
    }
  }
}

function textNodes(text: Y.XmlText): DocumentNode[] {
  const nodes: DocumentNode[] = []
  for (const { insert, attributes } of text.toDelta() as { insert?: unknown; attributes?: Record<string, unknown> }[]) {
    if (typeof insert !== 'string' || insert === '') continue
    const marks = ['bold', 'italic'].filter((mark) => attributes?.[mark]).map((type) => ({ type }))
    nodes.push({ type: 'text', text: insert, ...(marks.length > 0 && { marks }) })
  }
  return nodes
}

function paragraph(content: DocumentNode[]): DocumentNode {
  return content.length > 0 ? { type: 'paragraph', content } : { type: 'paragraph' }
}

function clauseOf(element: Y.XmlElement, blocks: DocumentNode[]): DocumentNode {
  const id: unknown = element.getAttribute('id')
  const content = blocks[0]?.type === 'paragraph' ? blocks : [paragraph([]), ...blocks]
  return { type: 'clause', attrs: { id: isAttributeValue('id', id) ? id : null }, content }
}

function levelOf(element: Y.XmlElement): number {
  const level: unknown = element.getAttribute('level')
  return isAttributeValue('level', level) ? Number(level) : 2
}
