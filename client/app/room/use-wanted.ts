import { useEffect, useState } from 'react'
import { useMedia } from '#client/ui/state/use-media.ts'
import type { Breakpoint } from '#client/ui/styles/breakpoints.ts'

/** A part of the room is fetched where it stands beside the talk, or once it was opened; from then on it stays. */
export function useWanted(opened: boolean, beside: Breakpoint): boolean {
  const isBeside = useMedia(beside)
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (opened || isBeside) setWanted(true)
  }, [opened, isBeside])
  return wanted
}
