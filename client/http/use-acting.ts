// An act that calls the server, or anything else that throws what went wrong.
import { useCallback } from 'react'
import { type ActionState, useAction } from '#client/ui/state/use-action.ts'
import { shownProblem } from './shown-problem.ts'

export interface Acting extends ActionState {
  /** Ignored while another act is under way. Answers whether it succeeded. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>
}

export function useActing(): Acting {
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
