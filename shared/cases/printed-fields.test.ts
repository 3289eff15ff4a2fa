import { expect, it } from 'vitest'
import { profileChange } from '#shared/identity/staff-protocol.ts'
import type { Schema } from '#shared/protocol/define.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { textProblem } from '#shared/protocol/text-reasons.ts'
import { caseCreate, caseNumberCorrect, casePersonAdd, casePersonCorrect, caseTitleCorrect } from './case-routes.ts'

const ID = 'someAAAAAAAAAAAAAAAAAA'
const person = { name: 'Айгүл', role: 'representative', authority: 'сенімхат', language: 'kk' }
const side = { kind: 'organisation', name: 'Береке', details: 'БСН 1', people: [person] }
const opening = {
  ...{ title: 'Береке', category: 'supply', subject: 'Төлем', voice: 'text', draftLanguage: 'kk' },
  agreement: { date: '2026-11-20', place: 'Петропавл' },
  sides: [side, side],
}
const profile = { name: 'Ерлан', organisation: 'Орталық', registerNumber: '27', phone: '', languages: [] }
const corrected = { caseId: ID, participantId: ID, name: 'Айгүл', authority: 'сенімхат', language: 'kk' }

const DOORS: readonly (readonly [Schema, object, readonly string[]])[] = [
  [
    caseCreate.input,
    opening,
    ['title', 'subject', 'agreement.place', 'sides.1.name', 'sides.1.details', 'sides.1.people.0.name', 'sides.1.people.0.authority'],
  ],
  [profileChange.input, profile, ['name', 'organisation', 'registerNumber']],
  [casePersonCorrect.input, { ...corrected, commandId: ID, phone: '', email: '' }, ['name', 'authority']],
  [casePersonAdd.input, { ...corrected, sideId: ID, role: 'party' }, ['name', 'authority']],
  [caseNumberCorrect.input, { caseId: ID, commandId: ID, number: '14' }, ['number']],
  [caseTitleCorrect.input, { caseId: ID, commandId: ID, title: 'Береке' }, ['title']],
]

/** Letters of other scripts, look-alikes, what is drawn as nothing, emoji. */
const UNPRINTED = ['北京', 'Ѳркен', 'ӊ', 'Bereke\u2800', '\ue000', '✨🤝', 'عقد', 'ก', '\u{1d400}']

function replaced(value: unknown, [first, ...rest]: readonly string[], text: string): unknown {
  if (first === undefined) return text
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === first ? replaced(each, rest, text) : each))
  const record = value as Record<string, unknown> // the inputs above are records and lists
  return { ...record, [first]: replaced(record[first], rest, text) }
}

it('[CHR-30] every field whose text comes to stand in the agreement is refused for what the agreement cannot print, by the table of the closing', () => {
  for (const [schema, whole, paths] of DOORS) {
    expect(() => safeParse(schema, whole)).not.toThrow()
    for (const path of paths) {
      for (const text of UNPRINTED) {
        const problem = textProblem('document', text)
        expect(problem, text).toBeDefined()
        const refusal = (() => {
          try {
            safeParse(schema, replaced(whole, path.split('.'), text))
          } catch (error) {
            return (error as { problem: object }).problem // an AppError
          }
        })()
        expect(refusal, `${path}: ${text}`).toMatchObject({ field: path, reason: problem?.reason })
      }
    }
  }
})
