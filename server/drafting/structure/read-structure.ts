// The structure of an opened document, in the draft worker: what the server's own thread then judges by. Also the judge of documents that were
// written before edits were judged: whatever stands where no editor can show it makes the whole unsound.
import * as Y from 'yjs'
import {
  ATTRIBUTES,
  type Attribute,
  isAttributeValue,
  languageOfFragment,
  MARKS,
  mayContain,
  mayHave,
  type NodeKind,
} from '#shared/document/document-grammar.ts'
import { isBlock } from '#shared/document/yjs-document.ts'
import { GONE, LEAF, type Place } from './author-map.ts'
import { DraftStructure } from './draft-structure.ts'
import { type NewNode, placeOf, rootOf } from './node-table.ts'

type Type = Pick<Y.XmlElement, '_start' | '_map'>

interface Waiting {
  readonly type: Type
  readonly node: number
}

interface Placed {
  readonly clock: number
  readonly length: number
  readonly place: Place
  readonly node: number
}

class Unsound extends Error {}

/** Undefined when the document holds what no editor can show, or lists that do not hold together. */
export function readStructure(doc: Y.Doc, steps: number): DraftStructure | undefined {
  if (doc.store.pendingStructs || doc.store.pendingDs) return undefined
  try {
    return new Reading(doc, steps).run()
  } catch (error) {
    if (error instanceof Unsound) return undefined
    throw error
  }
}

class Reading {
  readonly #doc: Y.Doc
  readonly #structure = new DraftStructure()
  readonly #placed = new Map<number, Placed[]>()
  #left = 0

  constructor(doc: Y.Doc, steps: number) {
    this.#doc = doc
    this.#structure.steps = steps
  }

  run(): DraftStructure {
    for (const structs of this.#doc.store.clients.values()) for (const struct of structs) if (struct instanceof Y.Item) this.#left++
    const waiting: Waiting[] = []
    for (const [name, type] of this.#doc.share) {
      const language = languageOfFragment(name)
      if (!language) throw new Unsound()
      waiting.push({ type, node: rootOf(language) })
    }
    for (let next = waiting.pop(); next; next = waiting.pop()) for (const child of this.#read(next.type, next.node)) waiting.push(child)
    if (this.#left !== 0) throw new Unsound() // something stands in no list
    for (const [client, structs] of this.#doc.store.clients) this.#fill(client, structs)
    return this.#structure
  }

  #read(type: Type, node: number): readonly Waiting[] {
    const { nodes } = this.#structure
    const kind = nodes.kind(node)
    const inside: Waiting[] = []
    for (let item = type._start; item; item = item.right) {
      const child = item.deleted ? undefined : childOf(item)
      if (child === 'letters' ? kind !== 'text' : child !== undefined && !mayContain(kind, child)) throw new Unsound()
      if (child === 'text' && nodes.textIn(node)) throw new Unsound()
      const made = child === undefined || child === 'letters' ? LEAF : nodes.add({ kind: child, parent: node })
      if (made !== LEAF) nodes.locate(made, item.id)
      this.#put(item, placeOf(node, undefined), made)
      nodes.addItems(node, 1)
      if (made !== LEAF && item.content instanceof Y.ContentType) inside.push({ type: item.content.type, node: made })
    }
    for (const [name, current] of type._map) this.#attribute(kind, node, name, current)
    return inside
  }

  #attribute(kind: NodeKind, node: number, name: string, current: Y.Item): void {
    const attribute = ATTRIBUTES.find((each) => each === name)
    if (!attribute || !mayHave(kind, attribute)) throw new Unsound()
    for (let item: Y.Item | null = current; item; item = item.left) {
      if (!item.deleted && !isValueOf(attribute, item)) throw new Unsound()
      this.#put(item, placeOf(node, attribute), LEAF)
      this.#structure.nodes.addItems(node, 1)
    }
  }

  #put(item: Y.Item, place: Place, node: number): void {
    if (--this.#left < 0) throw new Unsound() // a list that leads back into itself
    const { client, clock } = item.id
    const placed = this.#placed.get(client) ?? []
    this.#placed.set(client, placed)
    placed.push({ clock, length: item.length, place, node })
  }

  /** What is in no list was collected. */
  #fill(client: number, structs: readonly (Y.Item | Y.GC)[]): void {
    const author = this.#structure.authorToBuild(client)
    for (const { clock, length, place, node } of this.#placed.get(client)?.sort((a, b) => a.clock - b.clock) ?? []) {
      if (clock > author.end) author.append(clock - author.end, GONE)
      author.append(length, place, node)
    }
    const end = Y.getState(this.#doc.store, client)
    if (end > author.end) author.append(end - author.end, GONE)
    for (const { id, length, deleted } of structs) if (deleted) author.deleted.add(id.clock, id.clock + length)
  }
}

/** Throws on what no place could hold. */
function childOf({ content }: Y.Item): NewNode['kind'] | 'letters' {
  if (content instanceof Y.ContentString) return 'letters'
  if (content instanceof Y.ContentFormat && MARKS.some((mark) => mark === content.key)) return 'letters'
  if (!(content instanceof Y.ContentType)) throw new Unsound()
  if (content.type instanceof Y.XmlText) return 'text'
  if (!isBlock(content.type)) throw new Unsound()
  return 'block'
}

function isValueOf(attribute: Attribute, { content }: Y.Item): boolean {
  return content instanceof Y.ContentAny && content.arr.length === 1 && isAttributeValue(attribute, content.arr[0])
}
