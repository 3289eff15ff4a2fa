import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react'
import type { TalkState, TalkStore } from './talk-store.ts'

const TalkContext = createContext<TalkStore | undefined>(undefined)

export function TalkProvider({ store, children }: { store: TalkStore; children: ReactNode }) {
  return <TalkContext value={store}>{children}</TalkContext>
}

export function useTalkStore(): TalkStore {
  const store = useContext(TalkContext)
  if (!store) throw new Error('outside of a TalkProvider')
  return store
}

export function useTalk(): TalkState {
  const store = useTalkStore()
  return useSyncExternalStore(store.subscribe, store.state, store.state)
}
