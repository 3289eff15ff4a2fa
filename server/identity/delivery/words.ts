// Words outside the app: mail, SMS, the paper slip. Placeholders only, no plurals.
import type { Locale } from '#shared/kernel/locale.ts'
import en from '../texts/en.json' with { type: 'json' }
import kk from '../texts/kk.json' with { type: 'json' }
import ru from '../texts/ru.json' with { type: 'json' }

type WordId = keyof typeof en

const TEXTS: Record<Locale, Record<WordId, string>> = { kk, ru, en }

type Values = Readonly<Record<string, string>>

/** For the texts of one capability. */
export function wordsOf<Id extends string>(texts: Readonly<Record<Locale, Readonly<Record<Id, string>>>>) {
  return (locale: Locale, id: Id, values: Values = {}): string =>
    texts[locale][id].replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new TypeError(`${id}: no value for ${name}`)
      return value
    })
}

export const words = wordsOf(TEXTS)
