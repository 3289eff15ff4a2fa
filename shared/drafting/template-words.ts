// The words of a template in each language of a draft: for making one, and for recognising its headings and days in a text.
import type { Duty } from '#shared/document/document-grammar.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import en from './template-texts/en.json' with { type: 'json' }
import kk from './template-texts/kk.json' with { type: 'json' }
import ru from './template-texts/ru.json' with { type: 'json' }

export type TemplateWords = typeof en
export const TEMPLATE_WORDS: Readonly<Record<Locale, TemplateWords>> = { kk, ru, en }

/** The demands that stand under headings of their own. */
export type HeadedDuty = Exclude<Duty, 'place-and-date'>

export function fillWords(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
}

export function monthsIn(words: TemplateWords): readonly string[] {
  return words.months.split(',')
}

/** `2026-11-22` as the language writes it. */
export function dayWords(language: Locale, day: string): string {
  const words = TEMPLATE_WORDS[language]
  const [year = '', month = '', date = ''] = day.split('-')
  return fillWords(words.date, { year, month: monthsIn(words)[Number(month) - 1] ?? month, day: String(Number(date)) })
}
