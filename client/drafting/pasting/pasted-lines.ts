// Pasted words line by line, before anybody has asked which of them begin with a list's mark.
import type { Run } from '#shared/document/document-block.ts'
import type { Mark } from '#shared/document/document-grammar.ts'
import { visibleText } from '#shared/kernel/text/clean-text.ts'

export interface PastedLine {
  readonly kind: 'clause' | 'paragraph' | 'heading' | 'item'
  /** Of clauses: 1 and deeper. */
  readonly level: number
  readonly runs: readonly Run[]
  /** Stands in one block with the line before it. */
  readonly soft: boolean
  /** What its program has put before it as the list's mark. */
  readonly mark?: string
  /** Cells beside one another: a number in the first one is a value like others. */
  readonly row?: boolean
}

/** `(xviii)`; what is longer is words, whatever its program calls it. */
const LONGEST_MARK = 12

/** Of a point without words. */
const MARK_ALONE = /^(?:\d{1,3}(?:\.\d{1,2})*[.)]|[^\p{L}\p{N}]|[ovqüØ])?$/u

/** An element whose words stand apart. Its first words are what it is; what follows them are paragraphs. */
interface Frame {
  readonly kind: PastedLine['kind']
  readonly level: number
  readonly around: Frame | undefined
  used: boolean
}

/** Gathers words, and ends lines where they end in the source. */
export class LineWriter {
  readonly lines: PastedLine[] = []
  #frame: Frame = { kind: 'paragraph', level: 1, around: undefined, used: false }
  #runs: Run[] = []
  #mark = ''
  #soft = false

  /** Where the source keeps its lines, its line breaks are ours. */
  write(text: string, marks: readonly Mark[], keepsLines: boolean): void {
    const [first = '', ...rest] = visibleText(keepsLines ? text : text.replace(/[\t\n\f\r ]+/g, ' ')).split('\n')
    if (first !== '') this.#runs.push({ text: first, marks })
    for (const line of rest) {
      this.breakLine()
      if (line !== '') this.#runs.push({ text: line, marks })
    }
  }

  writeMark(text: string): void {
    this.#mark += text
  }

  /** Within a block. An empty line ends it. */
  breakLine(): void {
    this.#soft = this.#end()
  }

  endBlock(): void {
    this.#end()
    this.#soft = false
    this.#mark = ''
  }

  enter(kind: PastedLine['kind'] = 'paragraph', level = 1): void {
    this.endBlock()
    this.#frame = { kind, level, around: this.#frame, used: false }
  }

  leave(): void {
    this.endBlock()
    this.#frame = this.#frame.around ?? this.#frame
  }

  /** Answers whether there were words. */
  #end(): boolean {
    const called = visibleText(this.#mark).trim()
    const isMark = called.length <= LONGEST_MARK && (this.#runs.length > 0 || MARK_ALONE.test(called))
    const mark = isMark ? called : ''
    const runs = spaced(mark === called ? this.#runs : [{ text: `${called} `, marks: [] }, ...this.#runs])
    this.#runs = []
    if (runs.length === 0) return false
    this.#mark = ''
    const frame = meantBy(this.#frame)
    this.lines.push({ kind: frame.used ? 'paragraph' : frame.kind, level: frame.level, runs, soft: this.#soft, ...(mark && { mark }) })
    frame.used = true
    return true
  }
}

/** A paragraph that begins a point of a list is that point. */
function meantBy(frame: Frame): Frame {
  let at: Frame | undefined = frame
  while (at && at.kind === 'paragraph' && !at.used) at = at.around
  return at && !at.used ? at : frame
}

/** One space between words, none around them. */
export function spaced(runs: readonly Run[]): readonly Run[] {
  const made: Run[] = []
  let before = ' '
  for (const { text, marks } of runs) {
    const single = text.replace(/[ \t]+/g, ' ')
    const kept = before.endsWith(' ') && single.startsWith(' ') ? single.slice(1) : single
    if (kept === '') continue
    made.push({ text: kept, marks })
    before = kept
  }
  const last = made.at(-1)
  if (last?.text.endsWith(' ')) {
    made.pop()
    if (last.text !== ' ') made.push({ text: last.text.slice(0, -1), marks: last.marks })
  }
  return made
}

export function wordsIn(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('')
}

/** Without its first so many letters. */
export function without(runs: readonly Run[], letters: number): readonly Run[] {
  let left = letters
  return spaced(
    runs.map(({ text, marks }) => {
      const taken = Math.min(left, text.length)
      left -= taken
      return { text: text.slice(taken), marks }
    }),
  )
}

/** A plain text: each of its lines stands alone; Word's and Unicode's line separators divide a line within its paragraph. */
export function linesOfText(text: string): readonly PastedLine[] {
  const writer = new LineWriter()
  for (const line of text.split(/\r\n|[\n\r\f\u2029]/)) {
    writer.write(line, [], true)
    writer.endBlock()
  }
  return writer.lines
}
