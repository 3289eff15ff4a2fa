// From a draft's document to the canonical text: the words that people sign, the same for browser and server.
// Signers' browsers make it from their own copy of the draft, so nothing here may depend on engine, time or place.

import type { DocumentNode } from '#shared/document/document-node.ts'
import { type Block, clauseNumber, MAX_DEPTH, renderBlocks } from './text/blocks.ts'
import type { Place, TextFault } from './text/faults.ts'
import { cleanLines, findCharacters } from './text/inline.ts'

export const MAX_NODES = 20_000
/** About fifty pages; drawing them takes a server somewhat over a second. */
export const MAX_TEXT_UNITS = 120_000
/** Characters without a space: breaking a longer "word" into lines costs its square. */
export const MAX_WORD_UNITS = 300
const MAX_FAULTS = 100

export type CanonicalText =
  | { readonly ok: true; readonly text: string; readonly blocks: readonly Block[] }
  | { readonly ok: false; readonly faults: readonly TextFault[] }

/** `document` may be anything a device sent: whatever is off the schema is a fault, never an exception. */
export function canonicalText(document: unknown): CanonicalText {
  const reading = new Reading()
  reading.document(document)
  if (reading.faults.length > 0) return { ok: false, faults: reading.faults.slice(0, MAX_FAULTS) }
  if (reading.blocks.length === 0) return { ok: false, faults: [{ fault: 'empty-document' }] }
  return { ok: true, text: renderBlocks(reading.blocks), blocks: reading.blocks }
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = { heading: ['level'], clause: ['id'] }
const MARKS: ReadonlySet<string> = new Set(['bold', 'italic'])
const NODES: ReadonlySet<string> = new Set(['doc', 'heading', 'paragraph', 'clause', 'bulletList', 'listItem', 'text', 'hardBreak'])

/** One walk over one document: numbers clauses, collects blocks and faults. */
class Reading {
  readonly blocks: Block[] = []
  readonly faults: TextFault[] = []
  /** The clause being read; for naming faults. */
  #clauseAt: readonly number[] = []
  #nodes = 0
  #units = 0
  #full = false

  document(value: unknown): void {
    const doc = this.#node(value)
    if (!doc) return
    if (doc.type !== 'doc') {
      this.#misplaced(doc)
      return
    }
    let clauses = 0
    for (const child of this.#children(doc)) {
      if (child.type === 'heading') this.#heading(child)
      else if (child.type === 'paragraph') this.#paragraph(child, 0)
      else if (child.type === 'clause') this.#clause(child, [++clauses])
      else this.#misplaced(child)
      this.#clauseAt = []
    }
  }

  #heading(node: DocumentNode): void {
    const level = node.attrs?.level
    if (level !== 1 && level !== 2 && level !== 3) {
      this.#fault({ fault: 'unknown-attribute', name: 'level', ...this.#place() })
      return
    }
    const lines = this.#lines(node)
    if (lines.length > 0) this.blocks.push({ kind: 'heading', level, lines })
  }

  #paragraph(node: DocumentNode, depth: number): void {
    const lines = this.#lines(node)
    if (lines.length > 0) this.blocks.push({ kind: 'paragraph', depth, lines })
  }

  #clause(node: DocumentNode, number: readonly number[]): void {
    this.#clauseAt = number
    const depth = number.length
    if (depth > MAX_DEPTH) {
      this.#fault({ fault: 'too-deep', limit: MAX_DEPTH, ...this.#place() })
      return
    }
    const [first, ...rest] = this.#children(node)
    if (first && first.type !== 'paragraph') {
      this.#misplaced(first)
      return
    }
    const lines = first ? this.#lines(first) : []
    if (lines.length === 0) this.#fault({ fault: 'empty-clause', ...this.#place() })
    else this.blocks.push({ kind: 'clause', number, lines })
    let subclauses = 0
    for (const child of rest) {
      if (child.type === 'clause') this.#clause(child, [...number, ++subclauses])
      else if (child.type === 'paragraph') this.#paragraph(child, depth)
      else if (child.type === 'bulletList') this.#list(child, depth)
      else this.#misplaced(child)
      this.#clauseAt = number
    }
  }

  /** The paragraphs of an item read as lines of it. */
  #list(node: DocumentNode, depth: number): void {
    for (const item of this.#children(node)) {
      if (item.type !== 'listItem') {
        this.#misplaced(item)
        continue
      }
      const lines: string[] = []
      for (const child of this.#children(item)) {
        if (child.type === 'paragraph') lines.push(...this.#lines(child))
        else this.#misplaced(child)
      }
      if (lines.length > 0) this.blocks.push({ kind: 'item', depth, lines })
    }
  }

  #lines(node: DocumentNode): string[] {
    const inline = this.#children(node)
    for (const child of inline) {
      if (child.type !== 'text' && child.type !== 'hardBreak') this.#misplaced(child)
      this.#units += child.text?.length ?? 1
    }
    if (this.#units > MAX_TEXT_UNITS) {
      this.#stop({ fault: 'too-long', limit: MAX_TEXT_UNITS, ...this.#place() })
      return []
    }
    const lines = cleanLines(inline)
    for (const line of lines) {
      const word = longWord(line)
      if (word !== undefined) this.#fault({ fault: 'too-long', limit: MAX_WORD_UNITS, ...this.#place(word.slice(0, 40)) })
      for (const { near, ...found } of findCharacters(line)) this.#fault({ fault: 'character', ...found, ...this.#place(near) })
    }
    return lines
  }

  #children(node: DocumentNode): DocumentNode[] {
    if (this.#full) return []
    if (node.content !== undefined && !Array.isArray(node.content)) {
      this.#fault({ fault: 'unknown-attribute', name: 'content', ...this.#place() })
      return []
    }
    return (node.content ?? []).flatMap((child) => this.#node(child) ?? [])
  }

  /** Checks one node's own shape; its children are checked as they are read. */
  #node(value: unknown): DocumentNode | undefined {
    if (this.#full) return undefined
    if (++this.#nodes > MAX_NODES) {
      this.#stop({ fault: 'too-long', limit: MAX_NODES, ...this.#place() })
      return undefined
    }
    if (!isNode(value) || !NODES.has(value.type)) {
      this.#fault({ fault: 'unknown-node', name: isNode(value) ? value.type.slice(0, 40) : '', ...this.#place() })
      return undefined
    }
    const odd = oddPart(value)
    if (odd !== undefined) {
      this.#fault({ fault: 'unknown-attribute', name: odd.slice(0, 40), ...this.#place() })
      return undefined
    }
    return value
  }

  #misplaced(node: DocumentNode): void {
    this.#fault({ fault: 'misplaced-node', name: node.type, ...this.#place() })
  }

  #place(near = ''): Place {
    const last = this.blocks.at(-1)?.lines.at(-1) ?? ''
    return { clause: this.#clauseAt.length > 0 ? clauseNumber(this.#clauseAt) : undefined, near: near || last.slice(-30) }
  }

  #fault(fault: TextFault): void {
    if (this.#full) return
    this.faults.push(fault)
    if (this.faults.length >= MAX_FAULTS - 1) this.#stop({ fault: 'too-many-faults' })
  }

  #stop(fault: TextFault): void {
    if (this.#full) return
    this.faults.push(fault)
    this.#full = true
  }
}

function longWord(line: string): string | undefined {
  return line.length > MAX_WORD_UNITS ? line.split(' ').find((word) => word.length > MAX_WORD_UNITS) : undefined
}

function isNode(value: unknown): value is DocumentNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** The name of a part of this node that the schema does not know; null and undefined carry nothing. */
function oddPart(node: DocumentNode): string | undefined {
  const allowed = ATTRIBUTES[node.type] ?? []
  for (const [name, value] of Object.entries(node.attrs ?? {})) if (value != null && !allowed.includes(name)) return name
  for (const name of Object.keys(node)) if (!['type', 'attrs', 'content', 'text', 'marks'].includes(name)) return name
  if (node.type === 'text' ? typeof node.text !== 'string' || node.content : node.text !== undefined) return 'text'
  if (node.type === 'hardBreak' && node.content) return 'content'
  if (node.marks !== undefined && !Array.isArray(node.marks)) return 'marks'
  const odd = node.marks?.find((mark) => !MARKS.has(mark?.type))
  return odd === undefined ? undefined : String(odd?.type)
}
