// A command of the open case from a button or a form: done once the server has agreed.
import { type ActionState, useAction } from '#client/ui/state/use-action.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { useCaseClient } from './use-case.tsx'

export interface CommandAction extends ActionState {
  /** True once the server has agreed. */
  run<Input>(definition: CommandDefinition<WireName, Input>, input: Input): Promise<boolean>
}

export function useCommand(): CommandAction {
  const client = useCaseClient()
  const { run: start, ...state } = useAction()
  return {
    ...state,
    run: (definition, input) =>
      start(async () => {
        const ack = await client.act(definition, input)
        return ack.ok ? undefined : ack.problem
      }),
  }
}
