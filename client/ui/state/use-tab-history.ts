import { useEffect, useRef } from 'react'
import { createTabHistory } from './tab-history.ts'

/** A tab has one history, whatever is drawn in it. */
export const tabHistory = createTabHistory(window)

/** Going back puts away what lies over the page. */
export function useCover(isThere: boolean, onClose: () => void): void {
  const close = useRef(onClose)
  useEffect(() => {
    close.current = onClose
  })
  useEffect(() => (isThere ? tabHistory.cover(() => close.current()) : undefined), [isThere])
}
