// The elements and texts of a draft by number, in the order in which they came; 0 is the root.
import { ATTRIBUTES, type Attribute, type Kind } from '#shared/document/document-grammar.ts'
import type { Place } from './author-map.ts'

export const ROOT = 0
const PLACES = 1 + ATTRIBUTES.length

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
  readonly kind: Kind
  readonly parent: number
}

export class NodeTable {
  readonly #under: NodeTable | undefined
  readonly #from: number
  readonly #kinds: Kind[] = []
  readonly #parents: number[] = []
  readonly #clausesDeep: number[] = []
  /** Structs that stand in each node, living or deleted: no list is longer. */
  readonly #items = new Map<number, number>()
  #itemsInAll: number

  constructor(under?: NodeTable) {
    this.#under = under
    this.#from = under?.count ?? 0
    this.#itemsInAll = under?.itemsInAll ?? 0
    if (!under) this.add({ kind: 'root', parent: ROOT })
  }

  get count(): number {
    return this.#from + this.#kinds.length
  }

  kind(node: number): Kind {
    return (node < this.#from ? this.#under?.kind(node) : this.#kinds[node - this.#from]) ?? 'root'
  }

  parent(node: number): number {
    return (node < this.#from ? this.#under?.parent(node) : this.#parents[node - this.#from]) ?? ROOT
  }

  /** How many clauses this node stands in, itself among them. */
  clausesDeep(node: number): number {
    return (node < this.#from ? this.#under?.clausesDeep(node) : this.#clausesDeep[node - this.#from]) ?? 0
  }

  items(node: number): number {
    return this.#items.get(node) ?? this.#under?.items(node) ?? 0
  }

  get itemsInAll(): number {
    return this.#itemsInAll
  }

  add({ kind, parent }: NewNode): number {
    const node = this.count
    this.#clausesDeep.push((node === ROOT ? 0 : this.clausesDeep(parent)) + (kind === 'clause' ? 1 : 0))
    this.#kinds.push(kind)
    this.#parents.push(parent)
    return node
  }

  addItems(node: number, count: number): void {
    this.#items.set(node, this.items(node) + count)
    this.#itemsInAll += count
  }
}
