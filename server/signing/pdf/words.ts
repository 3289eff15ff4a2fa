// The words that we print around what people wrote, in three languages.
import type { Locale } from '#shared/kernel/locale.ts'
import en from './texts/en.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

export type WordId = keyof typeof en

const WORDS: Readonly<Record<Locale, Readonly<Record<WordId, string>>>> = { kk, ru, en }

export type Words = (id: WordId, values?: Readonly<Record<string, string | number>>) => string

export function wordsIn(language: Locale): Words {
  return (id, values = {}) => WORDS[language][id].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
