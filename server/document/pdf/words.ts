// The words that we print around what people wrote, in three languages.
import type { Locale } from '#shared/kernel/locale.ts'
import en from './texts/en.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

type Texts<Id extends string> = Readonly<Record<Locale, Readonly<Record<Id, string>>>>

export type Words<Id extends string = keyof typeof en> = (id: Id, values?: Readonly<Record<string, string | number>>) => string

export function wordsOf<Id extends string>(texts: Texts<Id>): (language: Locale) => Words<Id> {
  return (language) =>
    (id, values = {}) =>
      texts[language][id].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}

/** Of every paper that shows an agreement's text or speaks of it. */
export const PAPER_TEXTS = { kk, ru, en } as const satisfies Texts<string>
export const paperWords = wordsOf(PAPER_TEXTS)
