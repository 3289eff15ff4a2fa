// Where one is in a conversation: at its end, which is followed as it grows, or at words that stay where they are on the screen,
// whatever comes, goes or changes its height above them. Browsers differ in what they keep still, so it is done here alone.

import { type RefObject, useLayoutEffect, useRef, useState } from 'react'
import { keepInEntry, keptInEntry } from '#client/ui/state/history-entry.ts'
import { topIn } from './top-in.ts'

const NEAR_END = 80
/** Of what one has read already, so that one sees where one is. */
const LEFT_ABOVE = 48

/** What is read, and how far it stands below the scroller's upper edge. The first that is still on the page counts. */
type Anchors = readonly { readonly element: Element; readonly top: number }[]

/** A line by its number, and how far it stands below the scroller's upper edge. */
interface LineRead {
  readonly seq: number
  readonly top: number
}

/** What was read in this room when this entry of the tab's history was left: by a reload, or for another entry. */
export function lineRead(room: string): LineRead | undefined {
  const kept = keptInEntry('reading') as (Partial<LineRead> & { readonly room?: unknown }) | undefined // looked at below
  if (kept?.room !== room || typeof kept.seq !== 'number' || typeof kept.top !== 'number') return undefined
  return { seq: kept.seq, top: kept.top }
}

export interface Beginning {
  /** The number of the first words that one has not seen yet; where they lie above the end, one begins there. */
  readonly unread: number | undefined
  /** What one was reading before comes first. */
  readonly read: LineRead | undefined
}

export function useReadingPlace(scroller: RefObject<HTMLElement | null>, room: string, { unread, read }: Beginning) {
  const [isAtEnd, setAtEnd] = useState(true)
  const toEnd = useRef<() => void>(() => undefined)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another room is another conversation
  useLayoutEffect(() => {
    const box = scroller.current
    if (!box) return
    const place = keepPlace(box, room, setAtEnd)
    const line = read && lineOf(box, read.seq)
    const first = line ?? (unread === undefined ? undefined : lineOf(box, unread))
    if (first) place.beginAt(first, line ? read.top : LEFT_ABOVE)
    toEnd.current = place.toEnd
    return place.stop
  }, [room])
  return { isAtEnd, toEnd: () => toEnd.current() }
}

function keepPlace(box: HTMLElement, room: string, tell: (isAtEnd: boolean) => void) {
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
  // not at each step of a scroll: a browser counts how often its history is written to
  const remember = () => {
    if (box.clientHeight > 0) keepInEntry('reading', atEnd ? undefined : readIn(box, room))
  }
  become(true)
  keep()
  box.addEventListener('scroll', note, { passive: true })
  box.addEventListener('scrollend', remember)
  document.addEventListener('visibilitychange', remember)
  const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(keep)
  observer?.observe(box)
  if (box.firstElementChild) observer?.observe(box.firstElementChild)
  return {
    beginAt(element: Element, top: number) {
      const above = topIn(box, element) - top
      if (above >= 0 && box.clientHeight > 0) return
      box.scrollTop += above
      settle()
      become(false)
      anchors = box.clientHeight > 0 ? anchorsIn(box) : [{ element, top }] // behind another part of the room: once it is shown
    },
    toEnd() {
      become(true)
      keep()
      box.focus({ preventScroll: true })
    },
    stop() {
      observer?.disconnect()
      box.removeEventListener('scroll', note)
      box.removeEventListener('scrollend', remember)
      document.removeEventListener('visibilitychange', remember)
    },
  }
}

const lineOf = (box: HTMLElement, seq: number) => box.querySelector(`[data-seq="${seq}"], [data-own="${seq}"]`) ?? undefined

function readIn(box: HTMLElement, room: string): (LineRead & { readonly room: string }) | undefined {
  const lines = [...box.querySelectorAll<HTMLElement>('[data-seq], [data-own]')]
  const line = (firstSeen(box, lines) as HTMLElement[])[0] ?? lines.at(-1) // they are of `lines`
  return line && { room, seq: Number(line.dataset.seq ?? line.dataset.own), top: Math.round(topIn(box, line)) }
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
