// What goes on paper in place of the screen, in whatever way the browser comes to print. It is drawn when that begins: a long text does not
// stand on the page twice. Where a page has none of these, a room puts nothing of itself on paper.
import { type ReactNode, useEffect, useEffectEvent, useState } from 'react'
import { createPortal, flushSync } from 'react-dom'
import '#client/ui/styles/document-fonts.css'
import './print.css'

/** The print that somebody has asked for on the screen. */
export interface AskedPrint {
  readonly onPrinted: () => void
}

interface PrintSheetProps {
  /** Says on each page what this is. */
  readonly mark: ReactNode
  readonly language?: string
  /** Prints as soon as it is drawn. */
  readonly asked?: AskedPrint | undefined
  readonly children: () => ReactNode
}

export function PrintSheet({ mark, language, asked, children }: PrintSheetProps) {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const media = typeof window.matchMedia === 'function' ? window.matchMedia('print') : undefined // tests draw without a screen
    let begun = false
    const draw = (drawn: boolean) => flushSync(() => setPrinting(drawn)) // the browser takes the page as it stands when this returns
    const begin = () => {
      begun = true
      draw(true)
    }
    const end = () => {
      begun = false
      draw(false)
    }
    // News of an earlier medium can come late, after the browser has counted the sheets of this print.
    const change = (event: MediaQueryListEvent) => draw(begun || event.matches)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    media?.addEventListener('change', change)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
      media?.removeEventListener('change', change)
    }
  }, [])
  const print = useEffectEvent(() => {
    window.print()
    asked?.onPrinted()
  })
  const wanted = asked !== undefined
  useEffect(() => {
    let dropped = false
    // behind React's own work: printing draws anew
    if (wanted) queueMicrotask(() => dropped || print())
    return () => {
      dropped = true
    }
  }, [wanted])
  if (!printing && !wanted) return null
  return createPortal(
    <div className="ui-print" lang={language} data-asked={wanted || undefined}>
      <p className="ui-print-mark">{mark}</p>
      <div className="ui-print-words">{children()}</div>
    </div>,
    document.body,
  )
}
