// What a screen needs before it can show anything: on its way, here, or refused with a way to ask again.
import { useCallback, useEffect, useRef, useState } from 'react'
import type { ShownProblem } from '#client/ui/problem-words.ts'
import { shownProblem } from './shown-problem.ts'

type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'here'; readonly value: T }
  | { readonly kind: 'refused'; readonly problem: ShownProblem }

interface Load<T> {
  readonly state: Loaded<T>
  /** Asks again; what is shown stays until the answer is here. */
  readonly reload: () => Promise<void>
  /** Puts in what an act just answered. */
  readonly change: (next: (value: T) => T) => void
}

/** `key`: another key is another question. */
export function useLoad<T>(key: string, ask: () => Promise<T>): Load<T> {
  const [state, setState] = useState<Loaded<T>>({ kind: 'loading' })
  const current = useRef({ ask, turn: 0 })
  current.current.ask = ask
  const reload = useCallback(async () => {
    current.current.turn += 1
    const turn = current.current.turn
    const next = await current.current.ask().then(
      (value): Loaded<T> => ({ kind: 'here', value }),
      (error: unknown): Loaded<T> => ({ kind: 'refused', problem: shownProblem(error) }),
    )
    if (turn === current.current.turn) setState(next)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the question
  useEffect(() => {
    setState({ kind: 'loading' })
    void reload()
    return () => {
      current.current.turn += 1
    }
  }, [key, reload])
  const change = useCallback((next: (value: T) => T) => {
    setState((before) => (before.kind === 'here' ? { kind: 'here', value: next(before.value) } : before))
  }, [])
  return { state, reload, change }
}
