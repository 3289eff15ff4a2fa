// What stands on the clipboard, as a flat list: numbered blocks with their level, paragraphs, headings, points of lists.

import type { DocumentNode } from '#shared/document/document-node.ts'
import { withoutDeceptive } from '#shared/kernel/text/clean-text.ts'

export interface PastedBlock {
  readonly kind: 'clause' | 'paragraph' | 'heading' | 'item'
  /** Of clauses: 1 and deeper. */
  readonly level: number
  readonly inline: readonly DocumentNode[]
}

/** `2.1.3. Text`, `4) Text` */
const NUMBER = /^\s*(\d{1,3}(?:\.\d{1,3})*)[.)]\s*/
const BLOCKS = new Set(['P', 'DIV', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'PRE', 'TD', 'TH', 'SECTION', 'ARTICLE'])
const SILENT = new Set(['SCRIPT', 'STYLE', 'HEAD', 'META', 'LINK', 'TITLE', 'TEMPLATE', 'NOSCRIPT', 'OBJECT', 'IFRAME', 'SVG'])

export function blocksFromText(text: string): readonly PastedBlock[] {
  return text.split(/\r?\n/).flatMap((line) => blockOf('paragraph', 1, [{ type: 'text', text: line }]))
}

/** An element whose words stand apart. Its first words are what it is; words that follow an inner block are paragraphs. */
interface Frame {
  readonly kind: PastedBlock['kind']
  readonly level: number
  readonly around: Frame | undefined
  used: boolean
}

export function blocksFromHtml(root: Element): readonly PastedBlock[] {
  const blocks: PastedBlock[] = []
  let inline: DocumentNode[] = []
  const flush = (frame: Frame) => {
    // A paragraph in a point of a list is that point.
    const of = frame.kind === 'paragraph' && frame.around && frame.around.kind !== 'paragraph' && !frame.around.used ? frame.around : frame
    const made = blockOf(of.used ? 'paragraph' : of.kind, of.level, inline)
    if (made.length > 0) of.used = true
    blocks.push(...made)
    inline = []
  }
  const walk = (element: Element, marks: readonly string[], frame: Frame) => {
    for (const node of element.childNodes) {
      if (node.nodeType === 3) inline.push(...textNode(node.textContent ?? '', marks))
      if (node.nodeType !== 1) continue
      const child = node as Element // nodeType says so
      const name = child.tagName.toUpperCase()
      if (SILENT.has(name) || name.includes(':')) continue
      if (name === 'BR') inline.push({ type: 'hardBreak' })
      else if (BLOCKS.has(name)) {
        flush(frame)
        const inner: Frame = { ...kindOf(child, name), around: frame, used: false }
        walk(child, marks, inner)
        flush(inner)
      } else walk(child, marksOf(child, name, marks), frame)
    }
  }
  const whole: Frame = { kind: 'paragraph', level: 1, around: undefined, used: false }
  walk(root, [], whole)
  flush(whole)
  return blocks
}

function kindOf(element: Element, name: string): { kind: PastedBlock['kind']; level: number } {
  if (/^H[1-6]$/.test(name)) return { kind: 'heading', level: 1 }
  const word = /mso-list:[^;]*level(\d)/.exec(element.getAttribute('style') ?? '')
  if (word) return { kind: /^[\s•·o§–-]/.test(element.textContent ?? '') ? 'item' : 'clause', level: Number(word[1]) }
  const list = name === 'LI' ? element.closest('ol, ul') : null
  if (!list) return { kind: 'paragraph', level: 1 }
  let level = 0
  for (let at: Element | null | undefined = list; at; at = at.parentElement?.closest('ol, ul')) level++
  return { kind: list.tagName.toUpperCase() === 'OL' ? 'clause' : 'item', level }
}

function blockOf(kind: PastedBlock['kind'], level: number, inline: readonly DocumentNode[]): readonly PastedBlock[] {
  const words = trimmed(inline)
  const [first, ...rest] = words
  if (!first) return []
  const number = NUMBER.exec(first.text ?? '')
  if (kind === 'heading' || !number || (kind === 'paragraph' && words.length === 1 && number[0] === first.text)) {
    const item = kind === 'item' ? withoutPrefix(first, /^\s*[•·o§–-]\s*/) : first
    return [{ kind, level, inline: trimmed([item, ...rest]) }]
  }
  const depth = number[1]?.split('.').length ?? 1
  return [
    { kind: 'clause', level: Math.max(depth, kind === 'clause' ? level : 1), inline: trimmed([withoutPrefix(first, NUMBER), ...rest]) },
  ]
}

function withoutPrefix(node: DocumentNode, prefix: RegExp): DocumentNode {
  return { ...node, text: (node.text ?? '').replace(prefix, '') }
}

function trimmed(inline: readonly DocumentNode[]): readonly DocumentNode[] {
  const nodes = inline.map((node) => ({ ...node }))
  const isBlank = (node: DocumentNode | undefined) => node !== undefined && (node.type === 'hardBreak' || (node.text ?? '').trim() === '')
  while (isBlank(nodes[0])) nodes.shift()
  while (isBlank(nodes.at(-1))) nodes.pop()
  const [first] = nodes
  const last = nodes.at(-1)
  if (first?.text) first.text = first.text.trimStart()
  if (last?.text) last.text = last.text.trimEnd()
  return nodes
}

function textNode(text: string, marks: readonly string[]): readonly DocumentNode[] {
  const clean = harmless(text)
  if (clean === '') return []
  return [{ type: 'text', text: clean, ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }) }]
}

/** Spaces of any kind become one; what cannot be seen is left out, or the text could not be frozen later. */
function harmless(text: string): string {
  return withoutDeceptive(text.replace(/[\s\u00a0]+/g, ' '))
}

function marksOf(element: Element, name: string, marks: readonly string[]): readonly string[] {
  const style = element.getAttribute('style') ?? ''
  const bold = name === 'STRONG' || (name === 'B' && !/font-weight:\s*normal/.test(style)) || /font-weight:\s*(bold|[6-9]00)/.test(style)
  const italic = name === 'EM' || name === 'I' || /font-style:\s*italic/.test(style)
  return [...new Set([...marks, ...(bold ? ['bold'] : []), ...(italic ? ['italic'] : [])])]
}
