import { type RefObject, useEffect, useState } from 'react'

/** True once it has come near what is seen. Browsers that do not tell count as if it were. */
export function useNear(box: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    const here = box.current
    if (near || !here) return
    const observer = new IntersectionObserver((entries) => setNear(entries.some(({ isIntersecting }) => isIntersecting)), {
      root: here.closest('.ui-scroll'),
      rootMargin: '200px 0px',
    })
    observer.observe(here)
    return () => observer.disconnect()
  }, [box, near])
  return near
}
