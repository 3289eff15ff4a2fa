// Where carets stand on the screen, measured from the layer that lies over the text.
import type { EditorView } from '@tiptap/pm/view'

interface PlacedCaret {
  /** A line, and the letter that says whose it is. */
  readonly element: HTMLElement
  /** Undefined while it points into text that is not here. */
  readonly at: number | undefined
}

interface Spot {
  readonly element: HTMLElement
  readonly left: number
  readonly top: number
  readonly height: number
}

/** Letters of carets in one line stand below each other: none of them is lost. */
export function placeCaret(view: EditorView, layer: HTMLElement, carets: readonly PlacedCaret[]): void {
  const { left, top } = layer.getBoundingClientRect()
  const spots = carets.flatMap(({ element, at }): Spot[] => {
    const box = at === undefined ? undefined : boxAt(view, at)
    if (!box) {
      element.remove()
      return []
    }
    if (element.parentElement !== layer) layer.append(element)
    return [{ element, left: box.left - left, top: box.top - top, height: box.bottom - box.top }]
  })
  let free = Number.NEGATIVE_INFINITY
  for (const spot of spots.sort((a, b) => a.top - b.top || a.left - b.left)) {
    const [line, letter] = [...spot.element.children] as HTMLElement[] // made so
    if (!line || !letter) continue
    Object.assign(line.style, { left: `${spot.left}px`, top: `${spot.top}px`, height: `${spot.height}px` })
    const from = Math.max(free, spot.top + (spot.height - letter.offsetHeight) / 2)
    letter.style.top = `${from}px`
    free = from + letter.offsetHeight
  }
}

type Box = Pick<DOMRect, 'left' | 'top' | 'bottom'>

function boxAt(view: EditorView, at: number): Box | undefined {
  if (at > view.state.doc.content.size) return undefined
  const box = view.coordsAtPos(at, -1)
  // a joined block without words has no place of its own: it is where the words before it end
  const start = at - view.state.doc.resolve(at).parentOffset
  if (box.bottom > box.top || start < 2) return box.bottom > box.top ? box : undefined
  return boxAt(view, start - 2)
}
