// What of a draft can be read, as plain JSON: of a sound text all of it, of a damaged one what the grammar knows. Never throws, never
// goes deeper or longer than a device can show, and leaves the shared document alone.
import * as Y from 'yjs'
import type { DocumentNode } from '#shared/document/document-node.ts'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { allowedIn, childTypeOf, isMark, livingItems, MAX_SHOWN_DEPTH, MAX_SHOWN_NODES, type TextParent, typeOf } from './shape-of-text.ts'

export function readableDocument(doc: Y.Doc): DocumentNode {
  return { type: 'doc', content: childrenOf(doc.getXmlFragment(DRAFT_FIELD), 0, { left: MAX_SHOWN_NODES }) }
}

/** The depth is bounded, so going down by recursion is. */
function childrenOf(parent: TextParent, depth: number, budget: { left: number }): readonly DocumentNode[] {
  const type = typeOf(parent)
  if (!type || depth > MAX_SHOWN_DEPTH) return []
  const nodes: DocumentNode[] = []
  for (const { content } of livingItems(parent)) {
    const child = content instanceof Y.ContentType ? content.type : undefined
    const childType = child && childTypeOf(child)
    if (!child || !childType || !allowedIn(type).has(childType) || --budget.left < 0) continue
    if (child instanceof Y.XmlText) nodes.push(...wordsOf(child))
    else if (child instanceof Y.XmlElement) nodes.push(elementOf(child, depth + 1, budget))
  }
  return nodes
}

function elementOf(element: Y.XmlElement, depth: number, budget: { left: number }): DocumentNode {
  const attrs = attributesOf(element)
  const content = childrenOf(element, depth, budget)
  return {
    type: element.nodeName,
    ...(Object.keys(attrs).length > 0 && { attrs }),
    ...(content.length > 0 && { content }),
  }
}

function attributesOf(element: Y.XmlElement): Record<string, unknown> {
  const attributes: Record<string, unknown> = {}
  for (const [name, item] of element._map) {
    if (item.deleted) continue
    const value: unknown = item.content.getContent()[item.length - 1]
    if (typeof value !== 'object') attributes[name] = value
  }
  return attributes
}

function wordsOf(text: Y.XmlText): readonly DocumentNode[] {
  const nodes: DocumentNode[] = []
  const marks = new Map<string, unknown>()
  let words = ''
  const flush = () => {
    if (words === '') return
    const shown = [...marks].map(([type, attrs]) => ({ type, attrs: attrs as Record<string, unknown> })) // as Yjs keeps them
    nodes.push({ type: 'text', text: words, ...(shown.length > 0 && { marks: shown }) })
    words = ''
  }
  for (const { content } of livingItems(text)) {
    if (content instanceof Y.ContentString) words += content.str
    else if (content instanceof Y.ContentFormat && isMark(content.key)) {
      flush()
      if (content.value === null) marks.delete(content.key)
      else marks.set(content.key, content.value)
    }
  }
  flush()
  return nodes
}
