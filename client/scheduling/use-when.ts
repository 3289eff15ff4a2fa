import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { type When, whenOf } from './when.ts'

/** The zone that this device is set to. */
export function deviceZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone
}

export function useWhen(): (at: number, zone: string) => When {
  const t = useTexts()
  const { locale } = useLocale()
  const device = deviceZone()
  return (at, zone) => whenOf(at, zone, { t, locale, device })
}
