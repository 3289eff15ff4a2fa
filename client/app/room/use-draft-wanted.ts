import { useEffect, useState } from 'react'
import { useMedia } from '#client/ui/state/use-media.ts'

/** The editor is fetched where the draft is in view: beside the talk on wide screens, or once its tab was opened. */
export function useDraftWanted(opened: boolean): boolean {
  const beside = useMedia('two-parts')
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (opened || beside) setWanted(true)
  }, [opened, beside])
  return wanted
}
