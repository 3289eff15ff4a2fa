// Documents as releases up to 2.1 had them: nested nodes, how their editor put them into Yjs, and the canonical text that was signed.
import * as Y from 'yjs'
import { type Block, renderBlocks } from '#shared/document/text/blocks.ts'
import { cleanLines, findCharacters } from '#shared/document/text/inline.ts'

export interface OldNode {
  readonly type: string
  readonly attrs?: Readonly<Record<string, unknown>>
  readonly content?: readonly OldNode[]
  readonly text?: string
  readonly marks?: readonly { readonly type: string }[]
}

export const OLD_LIST = 'agreement'

export const t = (text: string, ...marks: string[]): OldNode => ({ type: 'text', text, marks: marks.map((type) => ({ type })) })
export const br: OldNode = { type: 'hardBreak' }
export const p = (...content: (string | OldNode)[]): OldNode => ({
  type: 'paragraph',
  content: content.map((part) => (typeof part === 'string' ? t(part) : part)),
})
export const h = (level: number, text: string): OldNode => ({ type: 'heading', attrs: { level }, content: [t(text)] })
export const clause = (id: string | null, ...content: OldNode[]): OldNode => ({ type: 'clause', attrs: { id }, content })
export const list = (...items: OldNode[][]): OldNode => ({
  type: 'bulletList',
  content: items.map((content) => ({ type: 'listItem', content })),
})
export const oldDoc = (...content: OldNode[]): OldNode => ({ type: 'doc', content })

/** Words side by side are one text; a line break is an element between two. */
export function oldUpdate({ content = [] }: OldNode, client = 1): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = client
  doc.getXmlFragment(OLD_LIST).insert(0, typesOf(content))
  return Y.encodeStateAsUpdate(doc)
}

function typesOf(nodes: readonly OldNode[]): (Y.XmlElement | Y.XmlText)[] {
  const types: (Y.XmlElement | Y.XmlText)[] = []
  for (let index = 0; index < nodes.length; ) {
    const words = wordsFrom(nodes, index)
    const [node] = nodes.slice(index)
    if (words.length > 0) {
      const text = new Y.XmlText()
      text.applyDelta(words, { sanitize: false })
      types.push(text)
    } else if (node) types.push(elementOf(node))
    index += Math.max(1, words.length)
  }
  return types
}

function wordsFrom(nodes: readonly OldNode[], from: number) {
  const end = nodes.findIndex(({ text }, index) => index >= from && text === undefined)
  return nodes.slice(from, end < 0 ? undefined : end).map(({ text, marks = [] }) => ({
    insert: text,
    attributes: Object.fromEntries(['bold', 'italic'].map((name) => [name, marks.some(({ type }) => type === name) ? {} : null])),
  }))
}

function elementOf({ type, attrs = {}, content = [] }: OldNode): Y.XmlElement {
  const element = new Y.XmlElement(type)
  for (const [name, value] of Object.entries(attrs)) if (value !== null) element.setAttribute(name, value as string) // numbers too, as stored
  element.insert(0, typesOf(content))
  return element
}

/** Undefined where it had faults, or was off the schema. */
export function oldCanonicalText({ content = [] }: OldNode): string | undefined {
  const reading = new OldReading()
  let clauses = 0
  for (const node of content) {
    if (node.type === 'clause') reading.clause(node, [++clauses])
    else reading.block(node, 0)
  }
  return reading.sound && reading.blocks.length > 0 ? renderBlocks(reading.blocks) : undefined
}

class OldReading {
  readonly blocks: Block[] = []
  sound = true

  block(node: OldNode, depth: number): void {
    if (node.type === 'bulletList') {
      for (const item of node.content ?? []) {
        const lines = (item.content ?? []).flatMap((paragraph) => this.#lines(paragraph))
        if (lines.length > 0) this.blocks.push({ kind: 'item', depth, lines })
      }
      return
    }
    const lines = this.#lines(node)
    if (lines.length === 0) return
    if (node.type === 'heading')
      this.blocks.push({ kind: 'heading', level: node.attrs?.level as 1 | 2 | 3, lines }) // the schema had no other
    else this.blocks.push({ kind: 'paragraph', depth, lines })
  }

  clause({ content = [] }: OldNode, number: readonly number[]): void {
    const [first, ...rest] = content
    const lines = first?.type === 'paragraph' ? this.#lines(first) : []
    if (lines.length === 0 || number.length > 6) this.sound = false
    this.blocks.push({ kind: 'clause', number, lines })
    let clauses = 0
    for (const node of rest) {
      if (node.type === 'clause') this.clause(node, [...number, ++clauses])
      else this.block(node, number.length)
    }
  }

  #lines({ content = [] }: OldNode): string[] {
    const lines = cleanLines(content.map((node) => (node.type === 'hardBreak' ? '\n' : (node.text ?? ''))).join(''))
    if (lines.some((line) => findCharacters(line).length > 0)) this.sound = false
    return lines
  }
}
