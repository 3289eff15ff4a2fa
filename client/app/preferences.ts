// What a person chose for this device: language, theme, what Enter does. Nothing that identifies anybody is kept here.

import { THEMES, type Theme } from '#client/ui/actions/theme.tsx'
import type { Locale } from '#shared/kernel/locale.ts'
import { ENTER_KEY, LOCALE_KEY, THEME_KEY } from './device-storage.ts'

export interface Preferences {
  readonly storedLocale: () => string | null
  readonly keepLocale: (locale: Locale) => void
  readonly storedTheme: () => Theme
  readonly keepTheme: (theme: Theme) => void
  readonly enterSends: () => boolean
  readonly keepEnterSends: (sends: boolean) => void
}

export function createPreferences(storage: Pick<Storage, 'getItem' | 'setItem'> | undefined): Preferences {
  const read = (key: string) => storage?.getItem(key) ?? null
  return {
    storedLocale: () => read(LOCALE_KEY),
    keepLocale: (locale) => storage?.setItem(LOCALE_KEY, locale),
    storedTheme: () => THEMES.find((theme) => theme === read(THEME_KEY)) ?? 'device',
    enterSends: () => read(ENTER_KEY) !== 'line',
    keepEnterSends: (sends) => storage?.setItem(ENTER_KEY, sends ? 'send' : 'line'),
    keepTheme: (theme) => storage?.setItem(THEME_KEY, theme),
  }
}
