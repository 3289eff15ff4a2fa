// What a person chose for this device: language and theme. Nothing that identifies anybody is kept here.

import { THEMES, type Theme } from '#client/ui/actions/theme.tsx'
import type { Locale } from '#shared/kernel/locale.ts'

const LOCALE_KEY = 'bitim.locale'
const THEME_KEY = 'bitim.theme'

export interface Preferences {
  storedLocale(): string | null
  keepLocale(locale: Locale): void
  storedTheme(): Theme
  keepTheme(theme: Theme): void
}

export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): Preferences {
  const read = (key: string) => storage?.getItem(key) ?? null
  return {
    storedLocale: () => read(LOCALE_KEY),
    keepLocale: (locale) => storage?.setItem(LOCALE_KEY, locale),
    storedTheme: () => THEMES.find((theme) => theme === read(THEME_KEY)) ?? 'device',
    keepTheme: (theme) => storage?.setItem(THEME_KEY, theme),
  }
}

/** A browser that blocks storage throws at the mere mention of it; then choices last as long as the page. */
export function deviceStorage(): Storage | undefined {
  try {
    return window.localStorage
  } catch {
    return undefined
  }
}
