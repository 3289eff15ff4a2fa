// What the server does only after the own code of its person, on a phone that several people use: asked for once, however many acts wait for it.
import { createStore, type Store } from '#client/ui/state/create-store.ts'
import type { Problem } from '#shared/kernel/errors.ts'

export interface AskedCode {
  /** None stands yet: it is chosen now. */
  readonly isNew: boolean
  /** Five wrong ones were typed. */
  readonly isLocked: boolean
  /** Whether the server has taken it. */
  readonly answer: (typed: boolean) => void
}

export interface OwnCodeDemand extends Store<AskedCode | undefined> {
  /** False where the refusal is another, or no code was given. */
  readonly typed: (problem: Problem) => Promise<boolean>
}

const ASKING: ReadonlySet<string> = new Set(['identity/own-code-asked', 'identity/own-code-needed', 'identity/own-code-locked'])

export function createOwnCodeDemand(): OwnCodeDemand {
  const { state, subscribe, set } = createStore<AskedCode | undefined>(undefined)
  let underWay: Promise<boolean> | undefined
  const ask = (reason: string) =>
    new Promise<boolean>((resolve) => {
      const answer = (typed: boolean) => {
        underWay = undefined
        set(undefined)
        resolve(typed)
      }
      set({ isNew: reason === 'identity/own-code-needed', isLocked: reason === 'identity/own-code-locked', answer })
    })
  return {
    state,
    subscribe,
    async typed({ reason = '' }) {
      if (!ASKING.has(reason)) return false
      underWay ??= ask(reason)
      return underWay
    },
  }
}
