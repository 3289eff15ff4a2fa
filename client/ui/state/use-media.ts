import { useMemo } from 'react'
import { BREAKPOINTS, type Breakpoint } from '#client/ui/styles/breakpoints.ts'
import { useStore } from './use-store.ts'

/** Whether the window is as wide (or as low) as the name says, now and whenever it changes. */
export function useMedia(name: Breakpoint): boolean {
  const store = useMemo(() => {
    const media = mediaOf(name)
    return {
      state: () => media?.matches ?? false,
      subscribe(listener: () => void) {
        media?.addEventListener('change', listener)
        return () => media?.removeEventListener('change', listener)
      },
    }
  }, [name])
  return useStore(store)
}

/** Asked once, at this moment. */
export function isMedia(name: Breakpoint): boolean {
  return mediaOf(name)?.matches ?? false
}

/** Undefined where nothing is drawn on a screen, as in tests. */
function mediaOf(name: Breakpoint): MediaQueryList | undefined {
  return typeof window.matchMedia === 'function' ? window.matchMedia(BREAKPOINTS[name]) : undefined
}
