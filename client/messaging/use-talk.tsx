import { createContext, type ReactNode, useContext } from 'react'
import { useStore } from '#client/ui/state/use-store.ts'
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
  return useStore(useTalkStore())
}
