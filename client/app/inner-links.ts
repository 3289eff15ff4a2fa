/** A plain click on a link to another page of ours changes the page without loading it anew, so that what is in memory stays. The answer stops. */
export function followInnerLinks(page: Document, navigate: (path: string) => void): () => void {
  const follow = (event: MouseEvent) => {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = event.target instanceof Element ? event.target.closest('a') : null
    const href = link?.getAttribute('href')
    if (!link || !href?.startsWith('/') || href.startsWith('//') || href.startsWith('/api/')) return
    if (link.target || link.hasAttribute('download') || href.includes('#')) return
    event.preventDefault()
    navigate(href)
  }
  page.addEventListener('click', follow)
  return () => page.removeEventListener('click', follow)
}
