// Which parts of a long list are near what its scroller shows. The browser says so; one watch looks after all parts of a list.

export interface NearWatch {
  /** Told at once, and whenever it changes, with the height that the part has then. Without the browser's help nothing is ever told. */
  observe(element: Element, tell: (near: boolean, height: number) => void): () => void
}

/** More than a screen beyond both edges: what one scrolls to is there before it is seen. */
const MARGIN = '1600px 0px'

export const canWatch = () => typeof IntersectionObserver !== 'undefined'

export function createNearWatch(): NearWatch {
  const told = new Map<Element, (near: boolean, height: number) => void>()
  let observer: IntersectionObserver | undefined
  const start = (element: Element) =>
    new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting, boundingClientRect } of entries) told.get(target)?.(isIntersecting, boundingClientRect.height)
      },
      { root: element.closest('.ui-scroll'), rootMargin: MARGIN },
    )
  return {
    observe(element, tell) {
      if (!canWatch()) return () => undefined
      told.set(element, tell)
      observer ??= start(element)
      observer.observe(element)
      return () => {
        told.delete(element)
        observer?.unobserve(element)
      }
    },
  }
}

/** Somebody is in it by keyboard, or has marked words in it to copy them. */
export function isInUse(element: Element): boolean {
  if (element.contains(document.activeElement)) return true
  const marked = document.getSelection()
  return marked !== null && !marked.isCollapsed && marked.getRangeAt(0).intersectsNode(element)
}
