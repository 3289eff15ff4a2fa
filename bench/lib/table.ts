// Collects what was measured, prints it as it comes, and keeps it as Markdown beside the machine's description.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { machine } from './measure.ts'
import { results } from './paths.ts'

type Relation = '<=' | '>='

export interface Table {
  head(...cells: readonly string[]): void
  row(...cells: readonly string[]): void
  note(text: string): void
  /** A figure against its goal; a miss is said, and is no failure: machines differ. */
  goal(what: string, value: number, relation: Relation, bound: number): void
  /** What must be zero everywhere; answers whether it is. */
  must(what: string, count: number): boolean
  /** Every goal that a figure was held against so far, in one table. */
  allGoals(): void
  save(name: string): void
}

interface HeldGoal {
  readonly what: string
  readonly value: number
  readonly relation: Relation
  readonly bound: number
}

/** `goals`: whether figures are held against their goals; a short run says nothing about speed. */
export function makeTable({ goals }: { goals: boolean }): Table {
  const lines: string[] = []
  const held: HeldGoal[] = []
  const musts: { readonly what: string; readonly count: number }[] = []
  const add = (line: string) => {
    lines.push(line)
    console.log(line)
  }
  const head = (...cells: readonly string[]) => {
    add('')
    add(`| ${cells.join(' | ')} |`)
    add(`|${cells.map(() => ' --- ').join('|')}|`)
  }
  const row = (...cells: readonly string[]) => add(`| ${cells.join(' | ')} |`)
  return {
    head,
    row,
    note: (text) => add(`- ${text}`),
    goal(what, value, relation, bound) {
      if (!goals) return
      const goal = { what, value, relation, bound }
      held.push(goal)
      add(`- ${verdict(goal)}: ${what}: ${figure(value)} (${relation} ${bound})`)
    },
    must(what, count) {
      musts.push({ what, count })
      add(`- ${count === 0 ? 'none' : `FAILED, ${count}`}: ${what}`)
      return count === 0
    },
    allGoals() {
      if (!goals) return
      head('goal', 'figure', 'bound', '')
      for (const goal of held) row(goal.what, figure(goal.value), `${goal.relation} ${goal.bound}`, verdict(goal))
      for (const { what, count } of musts) row(what, String(count), '0', count === 0 ? 'met' : 'FAILED')
    },
    save(name) {
      mkdirSync(results, { recursive: true })
      writeFileSync(join(results, `${name}.md`), `${new Date().toISOString()}, ${machine()}\n${lines.join('\n')}\n`)
    },
  }
}

/** By how much of the bound: what is met by a hair is lost with the next change. */
function verdict({ value, relation, bound }: HeldGoal): string {
  if (Number.isNaN(value)) return 'NOT MEASURED'
  const room = (relation === '<=' ? bound - value : value - bound) / bound
  return `${room >= 0 ? 'met' : 'MISSED'} by ${Math.abs(room * 100).toFixed(0)} %`
}

function figure(value: number): string {
  return Number.isNaN(value) ? 'none' : value.toFixed(2)
}
