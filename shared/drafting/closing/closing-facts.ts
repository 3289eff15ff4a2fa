import { type CaseState, mediatorsOf } from '#shared/cases/case-state.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { localDay } from '#shared/kernel/time-zone.ts'
import { dayWords } from '../template-words.ts'

/** What a text is held against when it is closed; everybody in the case may know it. */
export interface ClosingFacts {
  readonly language: Locale
  /** The calendar day in Kazakhstan. */
  readonly day: string
  /** As the draft's language writes it. */
  readonly dayWords: string
  /** Where the agreement to mediate was concluded. */
  readonly place: string
  /** Whose names stand in the text, as the case has them now, and under which heading. */
  readonly names: readonly { readonly name: string; readonly duty: 'parties' | 'mediator' }[]
}

export function closingFactsOf({ facts }: Pick<CaseState, 'facts'>, now: number): ClosingFacts | undefined {
  if (!facts) return undefined
  const { draftLanguage: language, agreement, sides } = facts
  const day = localDay(now)
  const names = [
    ...sides.map(({ name }) => ({ name, duty: 'parties' as const })),
    ...mediatorsOf({ facts }).map(({ name }) => ({ name, duty: 'mediator' as const })),
  ]
  return { language, day, dayWords: dayWords(language, day), place: agreement.place, names }
}
