/** How far an element stands below the upper edge of the box that scrolls it. */
export function topIn(box: HTMLElement, element: Element): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top
}
