// What its person is told about their words in one text, until they have put it aside: why words were kept for copying, and where words
// stand that met others' edits.
import type { Problem } from '#shared/kernel/errors.ts'
import { EDIT_TOO_LARGE, WORDS_ALONE } from '../frame-outcome.ts'
import type { KeptWords } from '../kept-words.ts'
import type { DraftNews } from './concurrent-words.ts'

/** So many at once; older ones make room. */
const SHOWN = 3

export class Told {
  readonly #keptWords: Pick<KeptWords, 'add'>
  readonly #changed: () => void
  #refusal: Problem | undefined
  #news: readonly DraftNews[] = []

  constructor(keptWords: Pick<KeptWords, 'add'>, changed: () => void) {
    this.#keptWords = keptWords
    this.#changed = changed
  }

  get refusal(): Problem | undefined {
    return this.#refusal
  }
  get news(): readonly DraftNews[] {
    return this.#news
  }

  keep(words: string): void {
    if (words !== '') this.#keptWords.add(words)
  }

  refuse(problem: Problem): void {
    this.#refusal = problem
  }

  /** Nothing of it was written into the text. */
  refuseEdit(words: string): void {
    this.keep(words.trim())
    this.#refusal = EDIT_TOO_LARGE
    this.#changed()
  }

  /** Pictures and files were to be put into the text. */
  refuseFiles(): void {
    this.#refusal = WORDS_ALONE
    this.#changed()
  }

  add(news: DraftNews): void {
    this.#news = [...this.#news, news].slice(-SHOWN)
  }

  readonly forgetRefusal = (): void => {
    this.#refusal = undefined
    this.#changed()
  }

  readonly forgetCameBack = (): void => {
    this.#news = this.#news.filter(({ kind }) => kind !== 'came-back')
    this.#changed()
  }

  forget(news: DraftNews): void {
    this.#news = this.#news.filter((each) => each !== news)
    this.#changed()
  }
}
