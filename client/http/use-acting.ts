// One act at a time: busy while it is under way, and what was refused stays until the next try.
import { useCallback, useRef, useState } from 'react'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { shownProblem } from './shown-problem.ts'

export interface Acting {
  readonly busy: boolean
  readonly problem: ShownProblem | undefined
  /** Ignored while another act is under way. Answers whether it succeeded. */
  readonly run: (act: () => Promise<void>) => Promise<boolean>
  readonly clear: () => void
}

export function useActing(): Acting {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ShownProblem>()
  const underWay = useRef(false)
  const run = useCallback(async (act: () => Promise<void>) => {
    if (underWay.current) return false
    underWay.current = true
    setBusy(true)
    setProblem(undefined)
    try {
      await act()
      return true
    } catch (error) {
      setProblem(shownProblem(error))
      return false
    } finally {
      underWay.current = false
      setBusy(false)
    }
  }, [])
  const clear = useCallback(() => setProblem(undefined), [])
  return { busy, problem, run, clear }
}
