// Whoever has left the page finds nothing behind Back: a neutral mark in the tab, which ends with the tab, and with the next visit that is meant.

const MARK = 'away'
export const EMPTY_PAGE = 'about:blank'

type Tab = Pick<Window, 'sessionStorage' | 'performance' | 'location'>

export function markAway(tab: Pick<Tab, 'sessionStorage'>): void {
  try {
    tab.sessionStorage.clear()
    tab.sessionStorage.setItem(MARK, '1')
  } catch {
    // a browser that keeps nothing
  }
}

/** True: this page was come to by Back, and is replaced again before anything is drawn. */
export function isBackAfterLeaving(tab: Tab): boolean {
  try {
    if (tab.sessionStorage.getItem(MARK) === null) return false
    const [visit] = tab.performance.getEntriesByType('navigation') as PerformanceNavigationTiming[] // the only kind of this name
    if (visit?.type === 'back_forward') {
      tab.location.replace(EMPTY_PAGE)
      return true
    }
    tab.sessionStorage.removeItem(MARK)
  } catch {
    // as above
  }
  return false
}
