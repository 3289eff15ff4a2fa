// Collects what was measured, prints it as it comes, and keeps it as Markdown beside the machine's description.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machine } from './measure.ts'
import { results } from './paths.ts'

export interface Table {
  head(...cells: readonly string[]): void
  row(...cells: readonly string[]): void
  note(text: string): void
  /** A figure against its goal; a miss is said, and is no failure: machines differ. */
  goal(what: string, value: number, relation: '<=' | '>=', bound: number): void
  /** What must be zero everywhere; answers whether it is. */
  must(what: string, count: number): boolean
  save(name: string): void
}

/** `goals`: whether figures are held against their goals; a short run says nothing about speed. */
export function makeTable({ goals }: { goals: boolean }): Table {
  const lines: string[] = []
  const add = (line: string) => {
    lines.push(line)
    console.log(line)
  }
  return {
    head(...cells) {
      add('')
      add(`| ${cells.join(' | ')} |`)
      add(`|${cells.map(() => ' --- ').join('|')}|`)
    },
    row: (...cells) => add(`| ${cells.join(' | ')} |`),
    note: (text) => add(`- ${text}`),
    goal(what, value, relation, bound) {
      if (!goals) return
      const met = relation === '<=' ? value <= bound : value >= bound
      add(`- ${met ? 'met' : 'MISSED'}: ${what}: ${value.toFixed(2)} (${relation} ${bound})`)
    },
    must(what, count) {
      add(`- ${count === 0 ? 'none' : `FAILED, ${count}`}: ${what}`)
      return count === 0
    },
    save(name) {
      mkdirSync(results, { recursive: true })
      writeFileSync(join(results, `${name}.md`), `${new Date().toISOString()}, ${machine()}\n${lines.join('\n')}\n`)
    },
  }
}
