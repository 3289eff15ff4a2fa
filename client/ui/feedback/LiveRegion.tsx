// One polite voice for the whole page: what changed without the person's doing is said, once, without taking the focus.
import { createContext, type ReactNode, useCallback, useContext, useState } from 'react'

type Announce = (words: string) => void

const AnnounceContext = createContext<Announce>(() => undefined)

export function LiveRegion({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState({ words: '', times: 0 })
  const announce = useCallback<Announce>((words) => setSaid((before) => ({ words, times: before.times + 1 })), [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="ui-hidden" role="status" aria-live="polite">
        {/* a new element each time, so that the same words are said again */}
        <span key={said.times}>{said.words}</span>
      </div>
    </AnnounceContext>
  )
}

export function useAnnounce(): Announce {
  return useContext(AnnounceContext)
}
