// What a document is made of, without its words: which kind of thing stands at each clock of each author, and in which list. Enough to
// judge on the server's own thread where a new struct would come to stand, and what putting it there can cost every device.
import { isAttributeValue, mayContain, mayHave } from '#shared/document/document-grammar.ts'
import type { DeletedRange, Struct, StructId, UpdateScan } from '../update-scan.ts'
import { AuthorMap, type Found, GONE, LEAF, type Place } from './author-map.ts'
import { attributeOfPlace, type NewNode, NodeTable, nodeOfPlace, placeOf, rootOf } from './node-table.ts'
import { StepEstimate } from './step-estimate.ts'

interface Piece {
  readonly length: number
  /** Items by which the list grows: itself, and what it cuts in two. */
  readonly items: number
  readonly place: Place
  readonly node: NewNode | undefined
}

/** Where the new structs of one edit come to stand. Good for structures in which no node and none of the author's clocks came since. */
interface Placement {
  readonly of: object
  readonly nodesFrom: number
  readonly client: number
  readonly from: number
  readonly pieces: readonly Piece[]
  readonly deletes: readonly DeletedRange[]
  /** Steps that integrating it can take, at most. */
  readonly steps: number
}

/** An edit is placed when it is judged and again when it is stored, mostly with nothing in between. */
const placements = new WeakMap<UpdateScan, Placement>()

export class DraftStructure {
  readonly nodes: NodeTable
  readonly #under: DraftStructure | undefined
  readonly #authors = new Map<number, AuthorMap>()
  /** The same in all that began as one: nodes have the same numbers there. */
  readonly #numbering: object
  /** Steps that opening all of this can take, at most. */
  steps: number

  constructor(under?: DraftStructure) {
    this.#under = under
    this.#numbering = under ? under.#numbering : {}
    this.nodes = new NodeTable(under?.nodes)
    this.steps = under?.steps ?? 0
  }

  /** One that starts as this is and may go its own way; this one must not change meanwhile. */
  fork(): DraftStructure {
    return new DraftStructure(this)
  }

  /** The next clock of an author. */
  clockOf(client: number): number {
    return this.#author(client)?.end ?? 0
  }

  find({ client, clock }: StructId): Found | undefined {
    return this.#author(client)?.find(clock)
  }

  /** Whether all of this was deleted before. Takes no account of what is only deleted together with what is around it. */
  isDeleted({ client, from, to }: DeletedRange): boolean {
    return this.#author(client)?.deleted.covers(from, to) ?? false
  }

  /** Whether a block or a text is in it: with it goes whatever stands in it. */
  hasNodeIn({ client, from, to }: DeletedRange): boolean {
    return this.#author(client)?.hasNodeIn(from, to) ?? false
  }

  /** Undefined when something would stand where no editor can show it. Everything that it leans on must be there. */
  place(scan: UpdateScan): Placement | undefined {
    const known = placements.get(scan)
    if (known && known.of === this.#numbering && known.nodesFrom === this.nodes.count && known.from === this.clockOf(known.client))
      return known
    const placement = new Placing(this, this.#numbering, scan).run()
    if (placement) placements.set(scan, placement)
    return placement
  }

  /** What an edit that fits adds: pieces in all lists, and how many of them come from cutting what stands there, at most. */
  piecesOf(scan: UpdateScan): { readonly added: number; readonly cut: number } {
    const placed = this.place(scan)?.pieces ?? []
    const cut = 2 * scan.deletes.filter((range) => !this.isDeleted(range)).length
    return placed.reduce((sum, { items }) => ({ added: sum.added + items, cut: sum.cut + Math.max(0, items - 1) }), { added: cut, cut })
  }

  apply({ client, pieces, deletes, steps }: Placement): void {
    const author = pieces.length > 0 ? this.#ownAuthor(client) : undefined
    for (const { length, place, node, items } of pieces) {
      author?.append(length, place, node && place !== GONE ? this.#addNode(node, { client, clock: author.end }) : LEAF)
      if (place !== GONE) this.nodes.addItems(nodeOfPlace(place), items)
    }
    this.#delete(deletes.filter((range) => !this.isDeleted(range)))
    this.steps += steps
  }

  #addNode(of: NewNode, id: StructId): number {
    const node = this.nodes.add(of)
    this.nodes.locate(node, id)
    return node
  }

  #delete(ranges: readonly DeletedRange[]): void {
    const byAuthor = new Map<number, (readonly [from: number, to: number])[]>()
    for (const { client, from, to } of ranges) {
      const place = this.find({ client, clock: from })?.place ?? GONE
      if (place !== GONE) this.nodes.addItems(nodeOfPlace(place), 2) // cut at both ends
      const of = byAuthor.get(client) ?? []
      byAuthor.set(client, of)
      of.push([from, to])
    }
    for (const [client, of] of byAuthor) this.#ownAuthor(client).deleted.addAll(of)
  }

  /** Clocks of an author that hold something still. Only of a structure that stands on no other. */
  livingOf(client: number): number {
    const author = this.#author(client)
    return author ? author.end - author.deleted.total : 0
  }

  authors(): Iterable<readonly [client: number, map: AuthorMap]> {
    return this.#authors
  }

  /** For building one from a document: the author's map, made when there is none. */
  authorToBuild(client: number): AuthorMap {
    return this.#ownAuthor(client)
  }

  #author(client: number): AuthorMap | undefined {
    const own = this.#authors.get(client)
    return own ?? (this.#under ? this.#under.#author(client) : undefined)
  }

  #ownAuthor(client: number): AuthorMap {
    const own = this.#authors.get(client)
    if (own) return own
    const made = new AuthorMap(this.#under ? this.#under.#author(client) : undefined)
    this.#authors.set(client, made)
    return made
  }
}

class Misplaced extends Error {}

/** Walks the new structs of one edit in their order: each may stand in what came before it in the same edit. */
class Placing {
  readonly #numbering: object
  readonly #structure: DraftStructure
  readonly #scan: UpdateScan
  readonly #from: number
  readonly #own = new AuthorMap()
  readonly #pieces: Piece[] = []
  /** Kinds and parents of the edit's own nodes, behind those of the structure. */
  readonly #nodes: NodeTable
  readonly #steps: StepEstimate

  constructor(structure: DraftStructure, numbering: object, scan: UpdateScan) {
    this.#numbering = numbering
    this.#structure = structure
    this.#scan = scan
    const client = scan.run?.client ?? 0
    this.#from = structure.clockOf(client)
    this.#nodes = new NodeTable(structure.nodes)
    this.#steps = new StepEstimate({
      client,
      from: this.#from,
      itemsOf: (node) => this.#nodes.items(node),
      isNew: (node) => node >= structure.nodes.count,
    })
  }

  run(): Placement | undefined {
    const { run, structs, deletes } = this.#scan
    try {
      for (const struct of structs) if (struct.clock + struct.length > this.#from) this.#struct(struct)
    } catch (error) {
      if (error instanceof Misplaced) return undefined
      throw error
    }
    return {
      of: this.#numbering,
      nodesFrom: this.#structure.nodes.count,
      client: run?.client ?? 0,
      from: this.#from,
      pieces: this.#pieces,
      deletes,
      steps: this.#steps.total,
    }
  }

  #struct(struct: Struct): void {
    // A struct of which a part is stored: none of our devices cuts its edits like that, and Yjs trusts what it says about the rest.
    if (struct.clock < this.#from) throw new Misplaced()
    const place = this.#placeOf(struct)
    const node = place === GONE ? undefined : this.#judge(struct, place)
    const items = place === GONE ? 0 : 1 + this.#cutsOf(struct)
    if (place !== GONE) {
      this.#steps.add(struct, place)
      this.#nodes.addItems(nodeOfPlace(place), items)
    }
    const made = node ? this.#nodes.add(node) : LEAF
    if (node) this.#nodes.locate(made, { client: this.#scan.run?.client ?? 0, clock: struct.clock })
    this.#own.append(struct.length, place, made)
    this.#pieces.push({ length: struct.length, place, node, items })
  }

  #cutsOf({ left, right }: Struct): number {
    const cutsLeft = left !== undefined && this.#find(left)?.goesOn === true
    const isSameCut = left !== undefined && right?.client === left.client && right.clock === left.clock + 1
    return (cutsLeft ? 1 : 0) + (right !== undefined && !isSameCut ? 1 : 0)
  }

  #placeOf({ left, right, parent, attribute, content }: Struct): Place {
    if (content === 'collected') return GONE
    const beside = left && this.#find(left)
    const before = right && this.#find(right)
    if (beside?.place === GONE || before?.place === GONE) return GONE
    if (beside && before && beside.place !== before.place) throw new Misplaced() // between two lists
    const place = beside?.place ?? before?.place
    if (place !== undefined) return place
    if (typeof parent === 'string') return placeOf(rootOf(parent), attribute)
    const around = parent && this.#find(parent)
    if (!around) throw new Misplaced()
    // What was a node once may be a deleted range by now; whatever is put into it comes to nothing, on every device.
    return around.place === GONE || around.node === LEAF ? GONE : placeOf(around.node, attribute)
  }

  /** The node that it becomes, if it becomes one. */
  #judge({ content, value }: Struct, place: Place): NewNode | undefined {
    const parent = nodeOfPlace(place)
    const kind = this.#nodes.kind(parent)
    const attribute = attributeOfPlace(place)
    if (attribute !== undefined) {
      const fits = mayHave(kind, attribute) && (content === 'deleted' || (content === 'value' && isAttributeValue(attribute, value)))
      if (!fits) throw new Misplaced()
      return undefined
    }
    switch (content) {
      case 'deleted':
        return undefined
      case 'letters':
      case 'mark':
        if (kind !== 'text') throw new Misplaced()
        return undefined
      case 'value':
      case 'collected':
        throw new Misplaced()
      default:
        if (!mayContain(kind, content) || (content === 'text' && this.#hasText(parent))) throw new Misplaced()
        return { kind: content, parent }
    }
  }

  /** With two texts in one block, two devices could write into different ones. */
  #hasText(block: number): boolean {
    const text = this.#nodes.textIn(block)
    return text !== undefined && !this.#structure.isDeleted({ client: text.client, from: text.clock, to: text.clock + 1 })
  }

  #find(id: StructId): Found | undefined {
    if (id.client !== this.#scan.run?.client || id.clock < this.#from) return this.#structure.find(id)
    return this.#own.find(id.clock - this.#from)
  }
}
