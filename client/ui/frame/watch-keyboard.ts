import { BREAKPOINTS } from '#client/ui/styles/breakpoints.ts'

/**
 * Keeps the frame inside what the keyboard leaves. Android shrinks the page itself (`interactive-widget`), iPhones only the
 * visual viewport: there the frame takes its height. Marks the frame while little height is left and something is typed on the glass:
 * with a mouse in the hand a low window is a zoomed one, and keeps its header.
 */
export function watchKeyboard(frame: HTMLElement): () => void {
  const view = window.visualViewport
  if (!view) return () => undefined
  const onGlass = !window.matchMedia(BREAKPOINTS['desktop-hands']).matches
  const update = () => {
    const covered = window.innerHeight - view.height > 80 && view.scale === 1
    frame.style.height = covered ? `${view.height}px` : ''
    if (covered) window.scrollTo(0, 0)
    frame.toggleAttribute('data-keyboard', onGlass && view.height < 512 && document.activeElement instanceof HTMLTextAreaElement)
  }
  view.addEventListener('resize', update)
  frame.addEventListener('focusin', update)
  frame.addEventListener('focusout', update)
  return () => {
    view.removeEventListener('resize', update)
    frame.removeEventListener('focusin', update)
    frame.removeEventListener('focusout', update)
  }
}
