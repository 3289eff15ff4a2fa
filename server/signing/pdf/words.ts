// The words of the certificate of completion, in three languages.
import { PAPER_TEXTS, type Words, wordsOf } from '#server/document/pdf/words.ts'
import en from './texts/en.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

export const COMPLETION_TEXTS = {
  kk: { ...PAPER_TEXTS.kk, ...kk },
  ru: { ...PAPER_TEXTS.ru, ...ru },
  en: { ...PAPER_TEXTS.en, ...en },
}
export const completionWords = wordsOf(COMPLETION_TEXTS)
export type CompletionWords = Words<keyof typeof COMPLETION_TEXTS.en>
