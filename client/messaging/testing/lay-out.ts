// jsdom lays nothing out: where words stand on a screen of 600 pixels is said here, line by line.
import { vi } from 'vitest'

interface Laid {
  /** Of each number; those without are 40 pixels high, one below the other from the top. */
  readonly tops?: Readonly<Record<number, number>>
  readonly heights?: Readonly<Record<number, number>>
  /** Something lies over everything. */
  readonly covered?: () => boolean
}

/** Until `vi.restoreAllMocks()`. */
export function layOut({ tops = {}, heights = {}, covered = () => false }: Laid = {}): void {
  window.innerHeight = 600
  const lines = () => [...document.querySelectorAll<HTMLElement>('[data-seq]')]
  const rectOf = (element: HTMLElement) => {
    const seq = Number(element.dataset.seq)
    return new DOMRect(0, tops[seq] ?? lines().indexOf(element) * 40, 300, heights[seq] ?? 40)
  }
  vi.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return this instanceof HTMLElement && this.dataset.seq !== undefined ? rectOf(this) : new DOMRect(0, 0, 300, 600)
  })
  document.elementFromPoint = (_x, y) =>
    covered()
      ? document.body
      : (lines().find((line) => {
          const { top, bottom } = rectOf(line)
          return top <= y && y < bottom
        }) ?? null)
}
