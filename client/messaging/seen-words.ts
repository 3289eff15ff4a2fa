// Whether words are before somebody's eyes: the page is shown, the words lie within what their scroller shows of them, and nothing lies
// over them. It is asked of the browser itself, so that no part of the room has to know what hides it: a tab, a sheet, a drawer.

interface SeenDeps {
  /** Up to this number they were seen already. */
  readonly after: () => number
  readonly saw: (seq: number) => void
}

/** Looks whenever something may have come to be seen; answers how to look at once, and how to stop. */
export function watchSeen(box: HTMLElement, { after, saw }: SeenDeps) {
  const look = () => {
    const seq = lastSeen(box, after())
    if (seq !== undefined) saw(seq)
  }
  const resized = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(look)
  resized?.observe(box)
  const events = ['scroll', 'visibilitychange', 'focusin'] as const
  for (const name of events) document.addEventListener(name, look, { capture: true, passive: true })
  return {
    look,
    stop() {
      resized?.disconnect()
      for (const name of events) document.removeEventListener(name, look, { capture: true })
    },
  }
}

/** The number of the last words of this box that are seen; every element with words carries its own. */
function lastSeen(box: HTMLElement, after: number): number | undefined {
  if (document.visibilityState !== 'visible') return undefined
  const frame = (box.closest('.ui-scroll') ?? document.documentElement).getBoundingClientRect()
  const [top, bottom] = [Math.max(0, frame.top), Math.min(window.innerHeight, frame.bottom)]
  for (const element of [...box.querySelectorAll<HTMLElement>('[data-seq]')].reverse()) {
    const seq = Number(element.dataset.seq)
    const rect = element.getBoundingClientRect()
    if (seq <= after || (rect.height > 0 && rect.bottom <= top)) return undefined // as do those before
    if (rect.height === 0 || lastLineOf(rect, bottom - top) > bottom || !isOnTop(element, rect, [top, bottom])) continue
    return seq
  }
  return undefined
}

/** Words that are longer than what is shown at once are seen where they begin. */
function lastLineOf({ top, height }: DOMRect, room: number): number {
  return top + (height > room ? room / 2 : height)
}

function isOnTop(element: HTMLElement, rect: DOMRect, [top, bottom]: readonly [number, number]): boolean {
  const middle = (Math.max(rect.top, top) + Math.min(rect.bottom, bottom)) / 2
  return [0.1, 0.5, 0.9].some((part) => {
    const there = document.elementFromPoint(rect.left + rect.width * part, middle)
    return there !== null && element.contains(there)
  })
}
