// A request to the server from a button or a form, or any other act that throws what went wrong.
import { useCallback } from 'react'
import { type ActionState, useAction } from '#client/ui/state/use-action.ts'
import { shownProblem } from './shown-problem.ts'

export interface RequestAction extends ActionState {
  /** Ignored while another act is under way. Answers whether it succeeded. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>
}

export function useRequest(): RequestAction {
  const { run: start, ...state } = useAction()
  const run = useCallback(
    (act: () => Promise<void>) =>
      start(async () => {
        try {
          await act()
          return undefined
        } catch (error) {
          return shownProblem(error)
        }
      }),
    [start],
  )
  return { ...state, run }
}
