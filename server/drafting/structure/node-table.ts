// The blocks and texts of a document by number, in the order in which they came; the first are the languages' lists of blocks.
import { ATTRIBUTES, type Attribute, type NodeKind } from '#shared/document/document-grammar.ts'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import type { StructId } from '../update-scan.ts'
import type { Place } from './author-map.ts'

export const ROOTS = LOCALES.length
const PLACES = 1 + ATTRIBUTES.length

export function rootOf(language: Locale): number {
  return LOCALES.indexOf(language)
}

/** In the node's list, or as an attribute of it. */
export function placeOf(node: number, attribute: Attribute | undefined): Place {
  return node * PLACES + (attribute === undefined ? 0 : 1 + ATTRIBUTES.indexOf(attribute))
}

export function nodeOfPlace(place: Place): number {
  return Math.floor(place / PLACES)
}

export function attributeOfPlace(place: Place): Attribute | undefined {
  return ATTRIBUTES[(place % PLACES) - 1]
}

export interface NewNode {
  readonly kind: Exclude<NodeKind, 'root'>
  readonly parent: number
}

export class NodeTable {
  readonly #under: NodeTable | undefined
  readonly #from: number
  readonly #kinds: NodeKind[] = []
  readonly #parents: number[] = []
  /** Where the last text of each block stands. */
  readonly #texts = new Map<number, StructId>()
  /** Structs that stand in each node, living or deleted: no list is longer. */
  readonly #items = new Map<number, number>()
  #itemsInAll: number

  constructor(under?: NodeTable) {
    this.#under = under
    this.#from = under?.count ?? 0
    this.#itemsInAll = under?.itemsInAll ?? 0
    if (!under) for (let root = 0; root < ROOTS; root++) this.#push('root', root)
  }

  get count(): number {
    return this.#from + this.#kinds.length
  }

  kind(node: number): NodeKind {
    return (node < this.#from ? this.#under?.kind(node) : this.#kinds[node - this.#from]) ?? 'root'
  }

  parent(node: number): number {
    return (node < this.#from ? this.#under?.parent(node) : this.#parents[node - this.#from]) ?? 0
  }

  /** The text that was last put into a block; it may have been deleted since. */
  textIn(block: number): StructId | undefined {
    return this.#texts.get(block) ?? this.#under?.textIn(block)
  }

  /** Says where a node stands among its author's structs. */
  locate(node: number, id: StructId): void {
    if (this.kind(node) === 'text') this.#texts.set(this.parent(node), id)
  }

  items(node: number): number {
    return this.#items.get(node) ?? this.#under?.items(node) ?? 0
  }

  get itemsInAll(): number {
    return this.#itemsInAll
  }

  add({ kind, parent }: NewNode): number {
    return this.#push(kind, parent)
  }

  #push(kind: NodeKind, parent: number): number {
    this.#kinds.push(kind)
    this.#parents.push(parent)
    return this.count - 1
  }

  addItems(node: number, count: number): void {
    this.#items.set(node, this.items(node) + count)
    this.#itemsInAll += count
  }
}
