// A case in one event, as tests want it: read as version 1 of it was written.
import { readBody } from '#shared/protocol/define.ts'
import { type CaseBody, caseOpened, type OpenedBody } from '../case-protocol.ts'
import type { CaseFacts } from '../case-state.ts'
import { peopleFrom } from '../people-state.ts'

/** What a small case is about, without its people. */
export const SMALL_CASE = {
  title: 'Береке — Ким',
  category: 'supply',
  subject: 'Оплата',
  voice: 'phone',
  draftLanguage: 'ru',
  agreement: { date: '2026-11-20', place: 'Петропавловск' },
} as const

export function openedWith(body: CaseBody): OpenedBody {
  return readBody(caseOpened, 1, body)
}

export function factsOf(body: CaseBody): CaseFacts {
  const { seeded, ...facts } = openedWith(body)
  return { ...facts, ...peopleFrom(seeded) }
}
