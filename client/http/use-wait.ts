// Seconds until a refused try is worth repeating, as the refusal told them, counting down.
import { useEffect, useState } from 'react'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { useTools } from './tools.tsx'

export function useWait(problem: ShownProblem | undefined): number {
  const { clock, timers } = useTools()
  const [counting, setCounting] = useState<{ readonly problem: ShownProblem; readonly until: number; readonly left: number }>()
  const told = secondsIn(problem)
  if (problem && told > 0 && counting?.problem !== problem) setCounting({ problem, until: clock.now() + told * 1000, left: told })
  const left = problem && counting?.problem === problem ? counting.left : 0
  useEffect(() => {
    if (left <= 0) return
    // a page in the background counts slowly: the clock knows better
    return timers.after(1000, () => {
      setCounting((now) => now && { ...now, left: Math.max(0, Math.min(now.left - 1, Math.ceil((now.until - clock.now()) / 1000))) })
    })
  }, [left, clock, timers])
  return left
}

function secondsIn(problem: ShownProblem | undefined): number {
  if (problem?.kind !== 'too-many' && problem?.kind !== 'unavailable') return 0
  const seconds = problem.details?.seconds
  return typeof seconds === 'number' ? seconds : 0
}
