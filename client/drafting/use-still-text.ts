import { type RefObject, useEffect, useRef } from 'react'

/** What comes and goes above a text that scrolls leaves its words where they are on the screen: nothing that others do moves them. */
export function useStillText(): { readonly above: RefObject<HTMLDivElement | null>; readonly text: RefObject<HTMLDivElement | null> } {
  const above = useRef<HTMLDivElement>(null)
  const text = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = above.current
    if (!box || typeof ResizeObserver === 'undefined') return
    let height = box.offsetHeight
    const observer = new ResizeObserver(() => {
      if (text.current) text.current.scrollTop += box.offsetHeight - height
      height = box.offsetHeight
    })
    observer.observe(box)
    return () => observer.disconnect()
  }, [])
  return { above, text }
}
