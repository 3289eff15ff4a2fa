// A document's structure as bytes, stored with its snapshot: a few kilobytes for a hundred pages.
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { ByteCursor, varUints } from '#shared/drafting/byte-cursor.ts'
import { type AuthorMap, LEAF } from './author-map.ts'
import { DraftStructure } from './draft-structure.ts'
import { placeOf, ROOTS } from './node-table.ts'

/** Far above any draft that may be stored; what unpacks to more was not written here. */
const MAX_UNPACKED = 16 * 1024 * 1024
/** The first had clauses within clauses, and one list of them. */
const FORM = 2

/** Only of a structure that stands on no other. */
export function encodeStructure(structure: DraftStructure): Uint8Array {
  const { nodes } = structure
  const out: number[] = [FORM, structure.steps, nodes.count]
  for (let root = 0; root < ROOTS; root++) out.push(nodes.items(root))
  for (let node = ROOTS; node < nodes.count; node++)
    out.push(nodes.kind(node) === 'text' ? 1 : 0, node - nodes.parent(node), nodes.items(node))
  const authors = [...structure.authors()]
  out.push(authors.length)
  for (const [client, map] of authors) {
    out.push(client)
    putRanges(out, map)
    putDeletions(out, map)
  }
  return deflateRawSync(varUints(out))
}

/** A range is twice its length and where it stands; a node is 1 and its number, whose place is known. Both as steps from the last one. */
function putRanges(out: number[], map: AuthorMap): void {
  out.push(map.size)
  let [lastPlace, lastNode] = [0, 0]
  for (const { length, place, node } of map.ranges()) {
    if (node === LEAF) {
      out.push(length * 2, zigzag(place - lastPlace))
      lastPlace = place
    } else {
      out.push(1, zigzag(node - lastNode))
      lastNode = node
    }
  }
}

function putDeletions(out: number[], { deleted }: AuthorMap): void {
  out.push(deleted.size)
  let last = 0
  for (const [from, to] of deleted.ranges()) {
    out.push(from - last, to - from)
    last = to
  }
}

/** Throws on another form: such a document is converted, or a newer release wrote it. */
export function decodeStructure(bytes: Uint8Array): DraftStructure {
  const cursor = new ByteCursor(inflateRawSync(bytes, { maxOutputLength: MAX_UNPACKED }))
  if (cursor.varUint() !== FORM) throw new Error('a structure of another form')
  const structure = new DraftStructure()
  structure.steps = cursor.varUint()
  const count = cursor.varUint()
  for (let root = 0; root < ROOTS; root++) structure.nodes.addItems(root, cursor.varUint())
  for (let node = ROOTS; node < count; node++) {
    structure.nodes.add({ kind: cursor.varUint() === 1 ? 'text' : 'block', parent: node - cursor.varUint() })
    structure.nodes.addItems(node, cursor.varUint())
  }
  for (let left = cursor.varUint(); left > 0; left--) decodeAuthor(cursor, structure)
  return structure
}

function decodeAuthor(cursor: ByteCursor, structure: DraftStructure): void {
  const client = cursor.varUint()
  const map = structure.authorToBuild(client)
  let [place, node] = [0, 0]
  for (let left = cursor.varUint(); left > 0; left--) {
    const first = cursor.varUint()
    const step = unzigzag(cursor.varUint())
    if (first === 1) {
      node += step
      structure.nodes.locate(node, { client, clock: map.end })
      map.append(1, placeOf(structure.nodes.parent(node), undefined), node)
    } else {
      place += step
      map.append(first / 2, place)
    }
  }
  let at = 0
  for (let left = cursor.varUint(); left > 0; left--) {
    const from = at + cursor.varUint()
    at = from + cursor.varUint()
    map.deleted.add(from, at)
  }
}

function zigzag(value: number): number {
  return value >= 0 ? value * 2 : -value * 2 - 1
}

function unzigzag(value: number): number {
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}
