// A conversation between its switch and its composer. It stays at its end while one is at the end, and stands still while one reads back,
// also when older words come before what one reads.
import { type ReactNode, type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import './frame.css'

interface TalkColumnProps {
  readonly top?: ReactNode
  readonly ribbon: ReactNode
  readonly composer: ReactNode
  /** The room shown: another room begins at its end. */
  readonly room: string
  /** Where what is shown begins: something was put before it when it changes. */
  readonly first?: number | undefined
  readonly children: ReactNode
}

const NEAR_END = 80

export function TalkColumn({ top, ribbon, composer, room, first, children }: TalkColumnProps) {
  const t = useTexts()
  const scroller = useRef<HTMLDivElement>(null)
  const { isAtEnd, toEnd } = useEnd(scroller, room, first)
  return (
    <div className="ui-talk-column">
      {top && <div className="ui-talk-top">{top}</div>}
      <div className="ui-talk-ribbon">{ribbon}</div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <div ref={scroller} className="ui-scroll" tabIndex={0}>
        <div className="ui-scroll-end">{children}</div>
        {!isAtEnd && (
          <div className="ui-to-end">
            <Button size="s" icon="down" onClick={toEnd}>
              {t('ui.latest')}
            </Button>
          </div>
        )}
      </div>
      {composer}
    </div>
  )
}

function useEnd(scroller: RefObject<HTMLDivElement | null>, room: string, first: number | undefined) {
  const [isAtEnd, setAtEnd] = useState(true)
  const place = useRef({ atEnd: true, fromEnd: 0 })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is another conversation
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    let size = ''
    const sizeNow = () => `${box.scrollHeight} ${box.clientHeight}`
    const become = (atEnd: boolean) => {
      place.current.atEnd = atEnd
      setAtEnd(atEnd)
    }
    const follow = () => {
      if (place.current.atEnd) box.scrollTop = box.scrollHeight
      size = sizeNow()
    }
    const note = () => {
      // A scroll that comes with another size is the keyboard or a turned phone, not a person reading back.
      if (sizeNow() !== size) return
      place.current.fromEnd = box.scrollHeight - box.scrollTop
      become(place.current.fromEnd - box.clientHeight < NEAR_END)
    }
    become(true)
    follow()
    box.addEventListener('scroll', note, { passive: true })
    if (typeof ResizeObserver === 'undefined') return () => box.removeEventListener('scroll', note)
    const observer = new ResizeObserver(follow)
    observer.observe(box)
    if (box.firstElementChild) observer.observe(box.firstElementChild)
    return () => {
      observer.disconnect()
      box.removeEventListener('scroll', note)
    }
  }, [room])
  // biome-ignore lint/correctness/useExhaustiveDependencies: something was put before what is read
  useLayoutEffect(() => {
    const box = scroller.current
    if (box && !place.current.atEnd) box.scrollTop = box.scrollHeight - place.current.fromEnd
  }, [first])
  const toEnd = () => {
    const box = scroller.current
    if (!box) return
    box.scrollTop = box.scrollHeight
    box.focus({ preventScroll: true })
  }
  return { isAtEnd, toEnd }
}
