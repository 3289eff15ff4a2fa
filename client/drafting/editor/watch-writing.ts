// What somebody's hands are doing in the text: pressing into it, or holding a word that is not done yet. What others write waits for both.
import type { WritingCalm } from '../writing-calm.ts'

type Hands = Pick<WritingCalm<never>, 'pointerDown' | 'pointerUp' | 'composing' | 'composed' | 'flush'>

/** Until it is called: then nobody's hands are in the text any more. */
export function watchWriting(dom: HTMLElement, { pointerDown, pointerUp, composing, composed, flush }: Hands): () => void {
  const typed = (event: InputEvent | KeyboardEvent) => {
    if (event.isComposing) composing()
  }
  const stop = new AbortController()
  const { signal } = stop
  dom.addEventListener('pointerdown', pointerDown, { signal })
  for (const end of ['pointerup', 'pointercancel']) window.addEventListener(end, pointerUp, { signal })
  for (const event of ['compositionstart', 'compositionupdate']) dom.addEventListener(event, composing, { signal })
  dom.addEventListener('beforeinput', typed, { signal })
  dom.addEventListener('keydown', typed, { signal })
  dom.addEventListener('compositionend', composed, { signal })
  return () => {
    stop.abort()
    flush()
  }
}
