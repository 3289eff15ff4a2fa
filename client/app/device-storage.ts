export const LOCALE_KEY = 'bitim.locale'
export const THEME_KEY = 'bitim.theme'
export const ENTER_KEY = 'bitim.enter'

/** A browser that blocks storage throws at the mere mention of it; then choices last as long as the page. */
export function deviceStorage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
