// Says whether the editor can show a text, by the grammar of the document's schema: before the editor sees it, because the editor's
// binding throws on what it does not know, and deletes for everybody what breaks the schema. Walks without recursion and within bounds;
// after an edit it looks only at what the edit touched.
import type { ContentMatch, NodeType } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { documentSchema } from '#shared/document/document-schema.ts'

export type TextShape =
  | { readonly kind: 'whole' }
  /** Edits that met have left elements without a child that they need; every word can still be read. */
  | { readonly kind: 'uneven'; readonly at: readonly Y.XmlElement[] }
  /** Holds something that is not of our schema. */
  | { readonly kind: 'foreign' }

export type TextParent = Y.XmlFragment | Y.XmlElement

/** Deeper than any clause goes, and flat enough for every device's stack. */
export const MAX_SHOWN_DEPTH = 32
/** Far above what a draft's bytes can hold in earnest. */
export const MAX_SHOWN_NODES = 100_000

export function shapeOfText(root: Y.XmlFragment): TextShape {
  const walk = new Walk(() => true)
  walk.from(root, 0)
  return walk.shape()
}

/** Of a text that was whole before this transaction. */
export function shapeAfter(root: Y.XmlFragment, transaction: Y.Transaction): TextShape {
  const walk = new Walk(({ id }) => id.clock >= (transaction.beforeState.get(id.client) ?? 0))
  for (const type of transaction.changed.keys()) {
    // a type that is none of ours came in with its parent, which is judged as foreign
    const changed: unknown = type
    const depth = depthOf(changed, root)
    if (depth === 'elsewhere') continue
    if (changed instanceof Y.XmlText) walk.text(changed)
    else if (changed instanceof Y.XmlFragment) walk.from(changed, depth)
  }
  return walk.shape()
}

/** `elsewhere`: deleted, or hanging from another root. */
function depthOf(type: unknown, root: Y.XmlFragment): number | 'elsewhere' {
  let at = type
  for (let depth = 0; depth <= MAX_SHOWN_DEPTH + 1; depth++) {
    if (at === root) return depth
    const item = at instanceof Y.AbstractType ? at._item : null
    if (!item || item.deleted) return 'elsewhere'
    at = item.parent
  }
  return 'elsewhere' // below what was foreign already
}

class Walk {
  readonly #isNew: (item: Y.Item) => boolean
  readonly #uneven = new Set<Y.XmlElement>()
  #todo: { readonly parent: TextParent; readonly depth: number }[] = []
  #left = MAX_SHOWN_NODES
  #foreign = false

  /** Children that were there before have been judged. */
  constructor(isNew: (item: Y.Item) => boolean) {
    this.#isNew = isNew
  }

  shape(): TextShape {
    if (this.#foreign) return { kind: 'foreign' }
    return this.#uneven.size > 0 ? { kind: 'uneven', at: [...this.#uneven] } : { kind: 'whole' }
  }

  from(parent: TextParent, depth: number): void {
    this.#todo.push({ parent, depth })
    for (let next = this.#todo.pop(); next && !this.#foreign; next = this.#todo.pop()) this.#parent(next.parent, next.depth)
  }

  text(text: Y.XmlText): void {
    for (const { content } of livingItems(text)) {
      if (content instanceof Y.ContentString) continue
      if (content instanceof Y.ContentFormat && isMark(content.key)) continue
      this.#foreign = true
      return
    }
  }

  #parent(parent: TextParent, depth: number): void {
    const type = typeOf(parent)
    if (!type || depth > MAX_SHOWN_DEPTH || !hasPlainAttributes(parent)) {
      this.#foreign = true
      return
    }
    let match: ContentMatch | null = type.contentMatch
    for (const item of livingItems(parent)) {
      if (!item.countable) continue
      const child = item.content instanceof Y.ContentType ? item.content.type : undefined
      const childType = child && childTypeOf(child)
      if (!child || !childType || !allowedIn(type).has(childType) || --this.#left < 0) {
        this.#foreign = true
        return
      }
      match = match?.matchType(childType) ?? null
      if (!this.#isNew(item)) continue
      if (child instanceof Y.XmlText) this.text(child)
      else if (child instanceof Y.XmlElement) this.#todo.push({ parent: child, depth: depth + 1 })
    }
    // The editor itself makes the first paragraph of an empty text.
    if (!match?.validEnd && parent instanceof Y.XmlElement) this.#uneven.add(parent)
  }
}

export function* livingItems(type: { readonly _start: Y.Item | null }): Generator<Y.Item> {
  for (let item = type._start; item; item = item.right) if (!item.deleted) yield item
}

/** A text in a place for text, or an element that our schema has; else undefined. */
export function childTypeOf(child: Y.AbstractType<unknown>): NodeType | undefined {
  if (child instanceof Y.XmlText) return documentSchema().nodes.text
  return child instanceof Y.XmlElement ? typeOf(child) : undefined
}

export function typeOf(parent: TextParent): NodeType | undefined {
  if (!(parent instanceof Y.XmlElement)) return documentSchema().topNodeType
  const { nodes } = documentSchema()
  return parent.nodeName !== 'doc' && parent.nodeName !== 'text' && Object.hasOwn(nodes, parent.nodeName)
    ? nodes[parent.nodeName]
    : undefined
}

export function isMark(name: string): boolean {
  return Object.hasOwn(documentSchema().marks, name)
}

const allowed = new Map<NodeType, ReadonlySet<NodeType>>()

/** The kinds of children that the grammar names for a parent, wherever among them they may stand. */
export function allowedIn(parent: NodeType): ReadonlySet<NodeType> {
  const known = allowed.get(parent)
  if (known) return known
  const types = new Set<NodeType>()
  const seen = new Set<ContentMatch>([parent.contentMatch])
  for (const match of seen) {
    for (let i = 0; i < match.edgeCount; i++) {
      const { type, next } = match.edge(i)
      types.add(type)
      seen.add(next)
    }
  }
  allowed.set(parent, types)
  return types
}

function hasPlainAttributes(parent: TextParent): boolean {
  for (const item of parent._map.values()) {
    if (item.deleted) continue
    const value: unknown = item.content.getContent()[item.length - 1]
    if (value !== undefined && value !== null && !['string', 'number', 'boolean'].includes(typeof value)) return false
  }
  return true
}
