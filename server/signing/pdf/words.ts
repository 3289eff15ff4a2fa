// The words of the certificate of completion, in three languages. Released bundles are made again byte for byte, so each release record says
// with which words its papers were made; what an earlier one reads otherwise stands beside today's.
import { PAPER_TEXTS, type Words, wordsOf } from '#server/document/pdf/words.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { FIRST_PAPER_WORDS, LATEST_PAPER_WORDS, type PaperWords } from '#shared/signing/sealed-records.ts'
import en from './texts/en.json' with { type: 'json' }
import first from './texts/first-words.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

export const COMPLETION_TEXTS = {
  kk: { ...PAPER_TEXTS.kk, ...kk },
  ru: { ...PAPER_TEXTS.ru, ...ru },
  en: { ...PAPER_TEXTS.en, ...en },
}
/** Up to the release in which the fingerprint of the authority became the control code. */
export const FIRST_TEXTS = {
  kk: { ...COMPLETION_TEXTS.kk, ...first.kk },
  ru: { ...COMPLETION_TEXTS.ru, ...first.ru },
  en: { ...COMPLETION_TEXTS.en, ...first.en },
}
export type CompletionWords = Words<keyof typeof COMPLETION_TEXTS.en>

const OF_VERSION: Readonly<Record<PaperWords, (language: Locale) => CompletionWords>> = {
  [FIRST_PAPER_WORDS]: wordsOf(FIRST_TEXTS),
  [LATEST_PAPER_WORDS]: wordsOf(COMPLETION_TEXTS),
}

export function completionWords(language: Locale, paperWords: PaperWords): CompletionWords {
  return OF_VERSION[paperWords](language)
}
