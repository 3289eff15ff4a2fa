// Where one is in a conversation: at its end, which is followed as it grows, or at words that stay where they are on the screen,
// whatever comes, goes or changes its height above them. Browsers differ in what they keep still, so it is done here alone.
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

const NEAR_END = 80
/** Of what one has read already, so that one sees where one is. */
const LEFT_ABOVE = 48

/** What is read, and how far it stands below the scroller's upper edge. The first that is still on the page counts. */
type Anchors = readonly { readonly element: Element; readonly top: number }[]

/** `unread`: the number of the first words that one has not seen yet; where they lie above the end, one begins there. */
export function useReadingPlace(scroller: RefObject<HTMLElement | null>, room: string, unread: number | undefined) {
  const [isAtEnd, setAtEnd] = useState(true)
  const toEnd = useRef<() => void>(() => undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is another conversation
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const place = keepPlace(box, setAtEnd)
    const first = unread === undefined ? null : box.querySelector(`[data-seq="${unread}"]`)
    if (first) place.beginAt(first)
    toEnd.current = place.toEnd
    return place.stop
  }, [room])
  return { isAtEnd, toEnd: () => toEnd.current() }
}

function keepPlace(box: HTMLElement, tell: (isAtEnd: boolean) => void) {
  let atEnd = true
  let anchors: Anchors = []
  let [size, scrollTop] = ['', 0]
  const sizeNow = () => `${box.scrollHeight} ${box.clientHeight}`
  const become = (next: boolean) => {
    atEnd = next
    tell(next)
  }
  const settle = () => {
    size = sizeNow()
    scrollTop = box.scrollTop
  }
  const keep = () => {
    if (atEnd) box.scrollTop = box.scrollHeight
    else {
      const anchor = anchors.find(({ element }) => element.isConnected)
      if (anchor) box.scrollTop += topIn(box, anchor.element) - anchor.top
    }
    settle()
  }
  const note = () => {
    if (sizeNow() === size) {
      settle()
      become(box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END)
      anchors = atEnd ? [] : anchorsIn(box)
      return
    }
    // A scroll that comes with another size: at the end it is the keyboard or a turned phone; elsewhere what is read was moved by so much.
    const moved = box.scrollTop - scrollTop
    scrollTop = box.scrollTop
    anchors = anchors.map(({ element, top }) => ({ element, top: top - moved }))
  }
  become(true)
  keep()
  box.addEventListener('scroll', note, { passive: true })
  const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(keep)
  observer?.observe(box)
  if (box.firstElementChild) observer?.observe(box.firstElementChild)
  return {
    beginAt(element: Element) {
      const above = topIn(box, element) - LEFT_ABOVE
      if (above >= 0) return
      box.scrollTop += above
      settle()
      become(false)
      anchors = anchorsIn(box)
    },
    toEnd() {
      become(true)
      keep()
      box.focus({ preventScroll: true })
    },
    stop() {
      observer?.disconnect()
      box.removeEventListener('scroll', note)
    },
  }
}

/** The first lines that are seen, and the part of the conversation that they stand in. */
function anchorsIn(box: HTMLElement): Anchors {
  const part = firstSeen(box, [...box.querySelectorAll('.ui-talk-part')]).at(0)
  const lines = part ? firstSeen(box, [...part.children]) : []
  return [...lines, ...(part ? [part] : [])].map((element) => ({ element, top: topIn(box, element) }))
}

/** Up to three elements of a column, from the first that is not above what is seen. */
function firstSeen(box: HTMLElement, column: readonly Element[]): readonly Element[] {
  const edge = box.getBoundingClientRect().top
  let [low, high] = [0, column.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((column[middle]?.getBoundingClientRect().bottom ?? 0) > edge) high = middle
    else low = middle + 1
  }
  return column.slice(low, low + 3)
}

function topIn(box: HTMLElement, element: Element): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top
}
