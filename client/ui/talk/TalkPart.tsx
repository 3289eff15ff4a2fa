// A piece of a long conversation. Far from what the scroller shows it is an empty place of the same height, so that a conversation of
// any length costs a phone what it shows of it. What somebody is in, by keyboard or with a mark, stays as it is.
import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react'
import { canWatch, isInUse, type NearWatch } from './near.ts'
import './talk.css'

export const NearWatchContext = createContext<NearWatch | undefined>(undefined)

interface TalkPartProps {
  /** Drawn wherever it is: the end of the conversation. */
  readonly always: boolean
  /** A guess of its height in pixels until it was drawn once. */
  readonly guess: number
  readonly children: ReactNode
}

type Shown = { readonly near: true } | { readonly near: false; readonly height: number }

export function TalkPart({ always, guess, children }: TalkPartProps) {
  const watch = useContext(NearWatchContext)
  const box = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<Shown>(() => (always || !watch || !canWatch() ? { near: true } : { near: false, height: guess }))
  useEffect(() => {
    const here = box.current
    if (!here) return
    return watch?.observe(here, (near, height) => {
      if (near) setShown({ near: true })
      else if (!isInUse(here)) setShown((last) => (last.near ? { near: false, height } : last))
    })
  }, [watch])
  const drawn = shown.near || always
  return (
    <div ref={box} className="ui-talk-part" style={drawn ? undefined : { blockSize: shown.height }}>
      {drawn && children}
    </div>
  )
}
