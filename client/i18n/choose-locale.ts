// Which language a person meets: what they chose, else what their case says of them, else what their device prefers.
import { LOCALES, type Locale } from '#shared/kernel/locale.ts'

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value)
}

export function chooseLocale(from: { stored?: string | null; person?: Locale | undefined; device: readonly string[] }): Locale {
  if (isLocale(from.stored)) return from.stored
  if (from.person) return from.person
  for (const tag of from.device) {
    const language = tag.toLowerCase().split('-')[0]
    if (isLocale(language)) return language
  }
  return 'ru'
}
