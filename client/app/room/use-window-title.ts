import { useEffect } from 'react'

/** The window's own title says that something is new, never what, from whom or in which case: it stands in lists of windows and histories. */
export function useWindowTitle(news: number): void {
  useEffect(() => {
    document.title = news > 0 ? `(${news}) Bitim` : 'Bitim'
    return () => {
      document.title = 'Bitim'
    }
  }, [news])
}
