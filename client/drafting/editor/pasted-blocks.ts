// What stands on the clipboard, as a flat list: numbered blocks with their level, paragraphs, headings, points of lists.
import type { Run } from '#shared/document/document-block.ts'
import { MARKS, type Mark } from '#shared/document/document-grammar.ts'
import { withoutDeceptive } from '#shared/kernel/text/clean-text.ts'

export interface PastedBlock {
  readonly kind: 'clause' | 'paragraph' | 'heading' | 'item'
  /** Of clauses: 1 and deeper. */
  readonly level: number
  readonly runs: readonly Run[]
}

/** `2.1.3. Text`, `4) Text` */
const NUMBER = /^\s*(\d{1,3}(?:\.\d{1,3})*)[.)]\s*/
const BLOCKS = new Set(['P', 'DIV', 'LI', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'PRE', 'TD', 'TH', 'SECTION', 'ARTICLE'])
const SILENT = new Set(['SCRIPT', 'STYLE', 'HEAD', 'META', 'LINK', 'TITLE', 'TEMPLATE', 'NOSCRIPT', 'OBJECT', 'IFRAME', 'SVG'])

export function blocksFromText(text: string): readonly PastedBlock[] {
  return text.split(/\r?\n/).flatMap((line) => blockOf('paragraph', 1, [{ text: harmless(line), marks: [] }]))
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
  let runs: Run[] = []
  const flush = (frame: Frame) => {
    // A paragraph in a point of a list is that point.
    const of = frame.kind === 'paragraph' && frame.around && frame.around.kind !== 'paragraph' && !frame.around.used ? frame.around : frame
    const made = blockOf(of.used ? 'paragraph' : of.kind, of.level, runs)
    if (made.length > 0) of.used = true
    blocks.push(...made)
    runs = []
  }
  const walk = (element: Element, marks: readonly Mark[], frame: Frame) => {
    for (const node of element.childNodes) {
      if (node.nodeType === 3) runs.push(...runOf(node.textContent ?? '', marks))
      if (node.nodeType !== 1) continue
      const child = node as Element // nodeType says so
      const name = child.tagName.toUpperCase()
      if (SILENT.has(name) || name.includes(':')) continue
      if (name === 'BR') runs.push({ text: '\n', marks: [] })
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

function blockOf(kind: PastedBlock['kind'], level: number, runs: readonly Run[]): readonly PastedBlock[] {
  const words = trimmed(runs)
  const [first, ...rest] = words
  if (!first) return []
  const number = NUMBER.exec(first.text)
  if (kind === 'heading' || !number || (kind === 'paragraph' && words.length === 1 && number[0] === first.text)) {
    const point = kind === 'item' ? withoutPrefix(first, /^\s*[•·o§–-]\s*/) : first
    return [{ kind, level, runs: trimmed([point, ...rest]) }]
  }
  const depth = number[1]?.split('.').length ?? 1
  return [{ kind: 'clause', level: Math.max(depth, kind === 'clause' ? level : 1), runs: trimmed([withoutPrefix(first, NUMBER), ...rest]) }]
}

function withoutPrefix({ text, marks }: Run, prefix: RegExp): Run {
  return { text: text.replace(prefix, ''), marks }
}

function trimmed(runs: readonly Run[]): readonly Run[] {
  const words = runs.filter(({ text }) => text !== '')
  while (words[0]?.text.trim() === '') words.shift()
  while (words.at(-1)?.text.trim() === '') words.pop()
  return words.map(({ text, marks }, index) => {
    const begun = index === 0 ? text.trimStart() : text
    return { text: index === words.length - 1 ? begun.trimEnd() : begun, marks }
  })
}

function runOf(text: string, marks: readonly Mark[]): readonly Run[] {
  const clean = harmless(text)
  return clean === '' ? [] : [{ text: clean, marks }]
}

/** Spaces of any kind become one; what cannot be seen is left out, or the text could not be frozen later. */
function harmless(text: string): string {
  return withoutDeceptive(text.replace(/[\s\u00a0]+/g, ' '))
}

function marksOf(element: Element, name: string, marks: readonly Mark[]): readonly Mark[] {
  const style = element.getAttribute('style') ?? ''
  const bold = name === 'STRONG' || (name === 'B' && !/font-weight:\s*normal/.test(style)) || /font-weight:\s*(bold|[6-9]00)/.test(style)
  const italic = name === 'EM' || name === 'I' || /font-style:\s*italic/.test(style)
  return MARKS.filter((mark) => marks.includes(mark) || (mark === 'bold' ? bold : italic))
}
