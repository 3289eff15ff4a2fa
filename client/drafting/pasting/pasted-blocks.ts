// Pasted lines as a flat list of blocks: numbered ones with their level, paragraphs, headings, points of lists.
import type { Run } from '#shared/document/document-block.ts'
import { markedLines } from './list-marks.ts'
import { linesOfHtml } from './pasted-html.ts'
import { linesOfText, type PastedLine, without, wordsIn } from './pasted-lines.ts'

/** Some letters are points in the fonts that Word draws them with. */
const POINT = /^(?:[^\p{L}\p{N}]|[ovqüØ])$/u

export interface PastedBlock {
  readonly kind: PastedLine['kind']
  /** Of clauses: 1 and deeper. */
  readonly level: number
  /** Lines are divided by line feeds. */
  readonly runs: readonly Run[]
  /** The mark that was taken from its words: where the draft shows none in its place, it is put back. */
  readonly mark: string
}

export function blocksFromText(text: string): readonly PastedBlock[] {
  return blocksFrom(linesOfText(text))
}

export function blocksFromHtml(html: string): readonly PastedBlock[] {
  return blocksFrom(linesOfHtml(html))
}

function blocksFrom(lines: readonly PastedLine[]): readonly PastedBlock[] {
  const blocks: PastedBlock[] = []
  for (const { line, number, length, bullet } of markedLines(lines)) {
    const last = blocks.at(-1)
    const runs = without(line.runs, length)
    const mark = wordsIn(line.runs).slice(0, length)
    if (number) blocks.push({ kind: 'clause', level: Math.max(number.length, line.kind === 'clause' ? line.level : 1), runs, mark })
    else if (bullet) blocks.push({ kind: 'item', level: line.level, runs, mark })
    else if (line.soft && last) blocks[blocks.length - 1] = { ...last, runs: [...last.runs, { text: '\n', marks: [] }, ...runs] }
    else blocks.push(ofProgram(line, runs))
  }
  return blocks
}

/** A number or a point that its program has set apart is the draft's to show; any other mark (`а)`, `IV.`, `Статья 3.`) is words. */
function ofProgram({ kind, level, mark }: PastedLine, runs: readonly Run[]): PastedBlock {
  if (mark === undefined) return { kind, level, runs, mark: '' }
  const number = /^(\d{1,3}(?:\.\d{1,2})*)[.)]?$/.exec(mark)?.[1]
  if (number !== undefined && kind !== 'heading')
    return { kind: 'clause', level: Math.max(number.split('.').length, kind === 'clause' ? level : 1), runs, mark: `${mark} ` }
  if (POINT.test(mark)) return { kind: kind === 'heading' ? kind : 'item', level, runs, mark: '' }
  return { kind: kind === 'heading' ? kind : 'paragraph', level, runs: [{ text: `${mark} `, marks: [] }, ...runs], mark: '' }
}
