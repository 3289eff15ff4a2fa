// One act at a time, from a button or a form: busy while it is under way, and what was refused stays until the next try.
import { useCallback, useRef, useState } from 'react'
import type { ShownProblem } from '#client/ui/problem-words.ts'

export interface ActionState {
  readonly busy: boolean
  readonly problem: ShownProblem | undefined
  readonly clear: () => void
}

export interface Action extends ActionState {
  /** The act answers what it was refused for. Ignored while another is under way. True once it is done. */
  readonly run: (act: () => Promise<ShownProblem | undefined>) => Promise<boolean>
}

export function useAction(): Action {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ShownProblem>()
  const underWay = useRef(false)
  const run = useCallback(async (act: () => Promise<ShownProblem | undefined>) => {
    if (underWay.current) return false
    underWay.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      const refused = await act()
      setProblem(refused)
      return refused === undefined
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setProblem(undefined), [])
  return { busy, problem, run, clear }
}
