// The words that are printed around what people wrote, in three languages.
import { wordsOf } from '#server/document/pdf/words.ts'
import en from './texts/en.json' with { type: 'json' }
import kk from './texts/kk.json' with { type: 'json' }
import ru from './texts/ru.json' with { type: 'json' }

export const RECORD_TEXTS = { kk, ru, en } as const
export const recordWords = wordsOf<keyof typeof en>(RECORD_TEXTS)
export type RecordWords = ReturnType<typeof recordWords>
