// Light or dark as the device says, unless the person chose. The choice is handed in, so that a test needs no device.
import { createContext, useContext } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Menu } from './Menu.tsx'

export const THEMES = ['device', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

interface ThemeChoice {
  readonly theme: Theme
  readonly choose: (theme: Theme) => void
}

export const ThemeContext = createContext<ThemeChoice>({ theme: 'device', choose: () => undefined })

/** Menu items for a header menu that also holds other things. */
export function useThemeItems() {
  const t = useTexts()
  const { theme, choose } = useContext(ThemeContext)
  const icons = { device: 'device', light: 'sun', dark: 'moon' } as const
  const labels = { device: t('ui.theme.device'), light: t('ui.theme.light'), dark: t('ui.theme.dark') }
  return THEMES.map((each) => ({
    id: `theme-${each}`,
    label: labels[each],
    icon: icons[each],
    checked: each === theme,
    onSelect: () => choose(each),
  }))
}

export function ThemeSwitch() {
  const t = useTexts()
  const { theme } = useContext(ThemeContext)
  return <Menu label={t('ui.theme')} icon={theme === 'dark' ? 'moon' : 'sun'} items={useThemeItems()} />
}
