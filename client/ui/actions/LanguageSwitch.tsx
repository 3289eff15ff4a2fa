import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'
import type { MenuItem } from './Menu.tsx'
import './language-switch.css'

// Each language in its own words, whatever the page speaks now.
const NAMES: Readonly<Record<Locale, { readonly short: string; readonly full: string }>> = {
  kk: { short: 'Қаз', full: 'Қазақша' },
  ru: { short: 'Рус', full: 'Русский' },
  en: { short: 'Eng', full: 'English' },
}

/** The same as menu items, for a header that has no room for three buttons. */
export function useLanguageItems(): MenuItem[] {
  const { locale, choose } = useLocale()
  return LOCALES.map((each) => ({
    id: `language-${each}`,
    label: NAMES[each].full,
    checked: each === locale,
    onSelect: () => choose(each),
  }))
}

export function LanguageSwitch() {
  const t = useTexts()
  const { locale, choose } = useLocale()
  return (
    <fieldset className="ui-languages">
      <legend className="ui-hidden">{t('i18n.language')}</legend>
      {LOCALES.map((each) => (
        <button
          key={each}
          type="button"
          lang={each}
          aria-pressed={each === locale}
          aria-label={NAMES[each].full}
          onClick={() => choose(each)}
        >
          {NAMES[each].short}
        </button>
      ))}
    </fieldset>
  )
}
