// The form for opening a case, apart from any screen: what stands in it, how it changes, and the input that it makes.
import { type PersonFields, personInput } from '#client/cases/PersonForm.tsx'
import { type CASE_CATEGORIES, MAX_PEOPLE_PER_SIDE, MAX_SIDES } from '#shared/cases/case-protocol.ts'
import type { NewCase, NewPerson } from '#shared/cases/case-routes.ts'
import type { UnfinishedCase } from '#shared/cases/unfinished-routes.ts'
import type { Locale } from '#shared/kernel/locale.ts'

/** Keyed, because people of one side are told apart by nothing else while they are entered. */
export interface PersonEntry extends PersonFields<NewPerson['role']> {
  readonly key: number
}

export interface SideForm {
  readonly key: number
  readonly kind: 'person' | 'organisation'
  readonly name: string
  readonly details: string
  readonly people: readonly PersonEntry[]
}

export interface CaseForm {
  readonly title: string
  /** Left empty, the case is given one. */
  readonly number: string
  readonly category: (typeof CASE_CATEGORIES)[number] | ''
  readonly subject: string
  readonly voice: 'phone' | 'text'
  readonly draftLanguage: Locale
  readonly date: string
  readonly place: string
  /** A judge conciliates. */
  readonly byJudge?: boolean | undefined
  readonly sides: readonly SideForm[]
  readonly nextKey: number
}

export function emptyCaseForm(options: { today: string; language: Locale }): CaseForm {
  const { today, language } = options
  const side = (key: number): SideForm => ({
    key,
    kind: 'person',
    name: '',
    details: '',
    people: [emptyPerson(key + 1, language, 'person')],
  })
  return {
    title: '',
    number: '',
    category: '',
    subject: '',
    voice: 'phone',
    draftLanguage: language,
    date: today,
    place: '',
    sides: [side(0), side(2)],
    nextKey: 4,
  }
}

/** Who speaks for an organisation does so by a power that has to be named. */
function emptyPerson(key: number, language: Locale, kind: SideForm['kind']): PersonEntry {
  return { key, name: '', role: kind === 'organisation' ? 'representative' : 'party', authority: '', language, phone: '', email: '' }
}

export const canAddSide = (form: CaseForm): boolean => form.sides.length < MAX_SIDES
export const canRemoveSide = (form: CaseForm): boolean => form.sides.length > 2
export const canAddPerson = (side: SideForm): boolean => side.people.length < MAX_PEOPLE_PER_SIDE

export function withSide(form: CaseForm): CaseForm {
  if (!canAddSide(form)) return form
  const key = form.nextKey
  const person = emptyPerson(key + 1, form.draftLanguage, 'person')
  return { ...form, nextKey: key + 2, sides: [...form.sides, { key, kind: 'person', name: '', details: '', people: [person] }] }
}

export function withoutSide(form: CaseForm, at: number): CaseForm {
  return canRemoveSide(form) ? { ...form, sides: form.sides.filter((_side, index) => index !== at) } : form
}

/**
 * A person who is a side stands in the list of people under the same name, so that it is typed once; who typed another name keeps it.
 */
export function changeSide(form: CaseForm, at: number, part: Partial<Omit<SideForm, 'key'>>): CaseForm {
  const sides = form.sides.map((side, index) => {
    if (index !== at) return side
    const changed = { ...side, ...part }
    const [first, ...others] = changed.people
    if (!first || part.people) return changed
    const follows = side.kind === 'person' && first.name === side.name
    if (part.kind === 'organisation' && side.kind === 'person') {
      const name = follows ? '' : first.name
      return { ...changed, people: [{ ...first, name, role: 'representative' as const }, ...others] }
    }
    if (part.kind === 'person' && side.kind === 'organisation') {
      return { ...changed, people: [{ ...first, name: first.name || changed.name, role: 'party' as const, authority: '' }, ...others] }
    }
    return part.name !== undefined && follows ? { ...changed, people: [{ ...first, name: part.name }, ...others] } : changed
  })
  return { ...form, sides }
}

export function withPerson(form: CaseForm, at: number): CaseForm {
  const side = form.sides[at]
  if (!side || !canAddPerson(side)) return form
  const person: PersonEntry = {
    ...emptyPerson(form.nextKey, side.people[0]?.language ?? form.draftLanguage, side.kind),
    role: 'representative',
  }
  return { ...changeSide(form, at, { people: [...side.people, person] }), nextKey: form.nextKey + 1 }
}

export function withoutPerson(form: CaseForm, at: number, person: number): CaseForm {
  const people = form.sides[at]?.people ?? []
  if (people.length < 2) return form
  return changeSide(form, at, { people: people.filter((_each, index) => index !== person) })
}

export function changePerson(form: CaseForm, at: number, person: number, part: Partial<Omit<PersonEntry, 'key'>>): CaseForm {
  const people = form.sides[at]?.people ?? []
  return changeSide(form, at, { people: people.map((each, index) => (index === person ? { ...each, ...part } : each)) })
}

/** What the route takes; an unchosen category stays empty, so that the route's schema names it as missing. */
export function newCaseOf(form: CaseForm): NewCase {
  const { title, number, subject, voice, draftLanguage, date, place, byJudge } = form
  return {
    title,
    ...filled('number', number),
    category: form.category as NewCase['category'], // '' is refused by the schema before anything is sent
    subject,
    voice,
    draftLanguage,
    agreement: { date, place },
    ...(byJudge ? { conductedBy: 'judge' } : {}),
    sides: form.sides.map(({ kind, name, details, people }) => ({
      kind,
      name,
      ...filled('details', details),
      people: people.map((person) => personInput(person)),
    })),
  }
}

function filled<Key extends string>(key: Key, text: string): Partial<Record<Key, string>> {
  const value = text.trim()
  return value === '' ? {} : ({ [key]: value } as Partial<Record<Key, string>>) // a computed key loses its literal type
}

/** As the server keeps it until it is done. */
export function unfinishedOf(form: CaseForm): UnfinishedCase {
  const { nextKey: _nextKey, ...fields } = form
  return {
    ...fields,
    sides: form.sides.map(({ key: _key, people, ...side }) => ({ ...side, people: people.map(({ key: _own, ...person }) => person) })),
  }
}

export function caseFormOf(unfinished: UnfinishedCase): CaseForm {
  let nextKey = 0
  const sides = unfinished.sides.map(
    (side): SideForm => ({
      ...side,
      key: nextKey++,
      people: side.people.map((person) => ({ ...person, key: nextKey++ })),
    }),
  )
  return { ...unfinished, sides, nextKey }
}
