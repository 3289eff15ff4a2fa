// Shift three times, with no other key between: nothing that a hand does while it writes.

const TIMES = 3
const WITHIN = 2_000

export function watchExitKeys(page: Pick<Document, 'addEventListener' | 'removeEventListener'>, act: () => void): () => void {
  let pressed: number[] = []
  const down = ({ key, repeat, timeStamp }: KeyboardEvent) => {
    if (key !== 'Shift') pressed = []
    else if (!repeat) pressed = [...pressed.filter((at) => timeStamp - at < WITHIN), timeStamp]
    if (pressed.length < TIMES) return
    pressed = []
    act()
  }
  page.addEventListener('keydown', down)
  return () => page.removeEventListener('keydown', down)
}
