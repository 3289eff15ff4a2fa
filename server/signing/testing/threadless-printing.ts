// Printing without its threads: the same code, quicker to start.

import { agreementPrintingTasks } from '#server/document/agreement-printing-worker.ts'
import type { Performer, TaskDefinition } from '#server/workers/task.ts'
import { openPrinting, type Printing } from '../printing.ts'
import { printingTasks } from '../printing-worker.ts'

export interface CountedPrinting extends Printing {
  /** Names of the tasks that were done. */
  readonly done: string[]
}

export function threadlessPrinting(): CountedPrinting {
  const done: string[] = []
  const byName = new Map<string, Performer>([...agreementPrintingTasks, ...printingTasks].map((each) => [each.name, each]))
  const pool = {
    async run<Input, Output>({ name }: TaskDefinition<Input, Output>, _key: string, input: Input): Promise<Output> {
      done.push(name)
      return (await byName.get(name)?.perform(input as never)) as Output // the definition's types
    },
  }
  return { ...openPrinting({ pool }), done }
}
