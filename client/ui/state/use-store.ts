import { useSyncExternalStore } from 'react'
import type { Store } from './create-store.ts'

export function useStore<State>({ subscribe, state }: Store<State>): State {
  return useSyncExternalStore(subscribe, state, state)
}
