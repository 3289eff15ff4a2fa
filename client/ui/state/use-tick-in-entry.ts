import { useState } from 'react'
import { keepInEntry, keptInEntry } from './history-entry.ts'

/** A yes or no that stays over a reload. Nothing is ticked beforehand. */
export function useTickInEntry(name: string): readonly [boolean, (ticked: boolean) => void] {
  const [ticked, setTicked] = useState(() => keptInEntry(name) === true)
  const tick = (next: boolean) => {
    keepInEntry(name, next)
    setTicked(next)
  }
  return [ticked, tick]
}
