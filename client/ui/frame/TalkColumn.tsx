// A conversation between its switch and its composer. It stays at its end while one is at the end, and stands still while one reads back.
import { type ReactNode, useEffect, useRef } from 'react'
import './frame.css'

interface TalkColumnProps {
  readonly top?: ReactNode
  readonly ribbon: ReactNode
  readonly composer: ReactNode
  /** The room shown: another room begins at its end. */
  readonly room: string
  readonly children: ReactNode
}

const NEAR_END = 80

export function TalkColumn({ top, ribbon, composer, room, children }: TalkColumnProps) {
  const scroller = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is another conversation
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    let atEnd = true
    let size = ''
    const sizeNow = () => `${box.scrollHeight} ${box.clientHeight}`
    const toEnd = () => {
      if (atEnd) box.scrollTop = box.scrollHeight
      size = sizeNow()
    }
    const note = () => {
      // A scroll that comes with another size is the keyboard or a turned phone, not a person reading back.
      if (sizeNow() !== size) return
      atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END
    }
    toEnd()
    box.addEventListener('scroll', note, { passive: true })
    if (typeof ResizeObserver === 'undefined') return () => box.removeEventListener('scroll', note)
    const observer = new ResizeObserver(toEnd)
    observer.observe(box)
    if (box.firstElementChild) observer.observe(box.firstElementChild)
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', note)
    }
  }, [room])
  return (
    <div className="ui-talk-column">
      {top && <div className="ui-talk-top">{top}</div>}
      <div className="ui-talk-ribbon">{ribbon}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div ref={scroller} className="ui-scroll" tabIndex={0}>
        <div className="ui-scroll-end">{children}</div>
      </div>
      {composer}
    </div>
  )
}
