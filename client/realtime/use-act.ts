// One act at a time from a button or a form: busy until the server has answered, a refusal kept for the screen to show.
import { useState } from 'react'
import type { Problem } from '#shared/kernel/errors.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { useCaseClient } from './use-case.tsx'

export interface Acting {
  readonly busy: boolean
  readonly problem: Problem | undefined
  /** True once the server has agreed. */
  run<Input>(definition: CommandDefinition<WireName, Input>, input: Input): Promise<boolean>
  clear(): void
}

export function useAct(): Acting {
  const client = useCaseClient()
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem>()
  return {
    busy,
    problem,
    async run(definition, input) {
      setBusy(true)
      setProblem(undefined)
      const ack = await client.act(definition, input)
      setBusy(false)
      if (!ack.ok) setProblem(ack.problem)
      return ack.ok
    },
    clear: () => setProblem(undefined),
  }
}
