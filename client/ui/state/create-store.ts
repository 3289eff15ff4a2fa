// One value outside of any screen, and whoever wants to know when it is another. Screens read it by `useStore`.

export interface Store<State> {
  readonly state: () => State
  /** Answers how to stop listening. */
  readonly subscribe: (listener: () => void) => () => void
}

interface WritableStore<State> extends Store<State> {
  /** The same value again tells nobody. */
  readonly set: (next: State) => void
}

export function createStore<State>(first: State): WritableStore<State> {
  const listeners = new Set<() => void>()
  let state = first
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    set(next) {
      if (Object.is(next, state)) return
      state = next
      // whoever stops listening meanwhile is not told; whoever starts has read the new value already
      for (const listener of [...listeners]) if (listeners.has(listener)) listener()
    },
  }
}
