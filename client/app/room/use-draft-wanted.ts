import { useEffect, useState } from 'react'

/** The editor is fetched where the draft is in view: beside the talk on wide screens, or once its tab was opened. */
export function useDraftWanted(opened: boolean): boolean {
  const [wanted, setWanted] = useState(false)
  useEffect(() => {
    if (wanted) return
    const media = window.matchMedia('(min-width: 50rem)')
    const look = () => {
      if (opened || media.matches) setWanted(true)
    }
    look()
    media.addEventListener('change', look)
    return () => media.removeEventListener('change', look)
  }, [wanted, opened])
  return wanted
}
