// A row of a table as lines: there are no tables in the draft, and the cells of a row belong together.
import type { Run } from '#shared/document/document-block.ts'
import { type PastedLine, wordsIn } from './pasted-lines.ts'

const NUMBER_ALONE = /^\d{1,3}(\.\d{1,3})*[.)]$/

/** One line where each cell is short; cells that hold several lines (two columns of details, a page's frame) one after another. */
export function rowLines(cells: readonly (readonly PastedLine[])[]): readonly PastedLine[] {
  const filled = cells.filter((lines) => lines.length > 0)
  const rich = filled.filter((lines) => lines.length > 1)
  const [first] = filled
  if (!first || filled.length === 1 || rich.length > 1 || rich.some((lines) => lines.some(({ kind, row }) => kind !== 'paragraph' || row)))
    return filled.flat()
  const numbered = NUMBER_ALONE.test(first.map(({ runs }) => wordsIn(runs)).join(' '))
  const runs = filled.reduce<readonly Run[]>((row, lines, index) => {
    const cell = lines.reduce<readonly Run[]>((all, line) => joined(all, line.runs, ' / '), [])
    return joined(row, cell, numbered && index === 1 ? ' ' : '; ')
  }, [])
  return [{ kind: 'paragraph', level: 1, runs, soft: false, ...(!numbered && { row: true }) }]
}

/** Behind a sign that parts already, a space is enough. */
function joined(before: readonly Run[], next: readonly Run[], between: string): readonly Run[] {
  if (before.length === 0) return next
  return [...before, { text: /[:;,—–]$/.test(wordsIn(before)) ? ' ' : between, marks: [] }, ...next]
}
