import type { CaseFacts } from '#shared/cases/case-state.ts'
import { factsOf } from '#shared/cases/testing/opened.ts'
import { asId, type CaseId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import type { Locale } from '#shared/kernel/locale.ts'

/** Readable ids of the right form: a name, padded to the text of sixteen bytes. */
export function idOf<Id extends CaseId | ParticipantId | SideId>(name: string): Id {
  return asId<Id & CaseId>(name.padEnd(21, '0').concat('A')) as Id // each id is told apart by its use
}

export const MEDIATOR = idOf<ParticipantId>('mediator')
export const AIGUL = idOf<ParticipantId>('aigul')
export const PAVEL = idOf<ParticipantId>('pavel')
export const BEREKE = idOf<SideId>('bereke')
export const DALA = idOf<SideId>('dala')

/** A dispute about a late delivery and a partial payment. */
export function supplyCase(draftLanguage: Locale): CaseFacts {
  return factsOf({
    title: 'Береке — Дала Жем',
    category: 'supply',
    subject: 'Оплата по договору поставки № 14 от 3 марта 2026 года',
    voice: 'phone',
    draftLanguage,
    agreement: { date: '2026-11-20', place: 'Петропавловск' },
    mediator: { id: MEDIATOR, name: 'Ерлан Омаров', organisation: 'Бітім орталығы', registerNumber: '123', language: 'ru' },
    sides: [
      { id: BEREKE, kind: 'organisation', name: 'КХ «Береке»', details: 'БСН 123456789012' },
      { id: DALA, kind: 'organisation', name: 'ТОО «Дала Жем»' },
    ],
    people: [
      { id: AIGUL, name: 'Айгүл Серік', role: 'party', sideId: BEREKE, language: 'kk' },
      {
        id: PAVEL,
        name: 'Павел Ким',
        role: 'representative',
        sideId: DALA,
        authority: 'доверенность № 5 от 1 ноября 2026 года',
        language: 'ru',
      },
    ],
  })
}
