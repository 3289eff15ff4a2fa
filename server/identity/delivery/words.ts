// Identity's words outside the app: mail, SMS, the paper slip. Placeholders only, no plurals.
import type { Locale } from '#shared/kernel/locale.ts'
import en from '../texts/en.json' with { type: 'json' }
import kk from '../texts/kk.json' with { type: 'json' }
import ru from '../texts/ru.json' with { type: 'json' }

type WordId = keyof typeof en

const TEXTS: Record<Locale, Record<WordId, string>> = { kk, ru, en }

export function words(locale: Locale, id: WordId, values: Readonly<Record<string, string>> = {}): string {
  return TEXTS[locale][id].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const value = values[name]
    if (value === undefined) throw new TypeError(`${id}: no value for ${name}`)
    return value
  })
}
