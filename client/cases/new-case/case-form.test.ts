import { describe, expect, it } from 'vitest'
import { inputFaults } from '#client/http/input-faults.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import {
  type CaseForm,
  canAddPerson,
  canAddSide,
  changePerson,
  changeSide,
  emptyCaseForm,
  newCaseOf,
  withoutPerson,
  withoutSide,
  withPerson,
  withSide,
} from './case-form.ts'

const empty = emptyCaseForm({ today: '2026-11-22', language: 'kk' })

function filled(): CaseForm {
  let form: CaseForm = { ...empty, title: 'Береке — Дала Жем', category: 'supply', subject: 'Жем жеткізу', place: 'Петропавл' }
  form = changeSide(form, 0, { name: 'Айгүл Серік' })
  form = changeSide(form, 1, { kind: 'organisation' })
  form = changeSide(form, 1, { name: 'ТОО «Дала Жем»' })
  return changePerson(form, 1, 0, { name: 'Павел Ким', authority: 'директор', phone: '8 705 000 23 45', email: ' pavel@dala.kz ' })
}

describe('the form for a case', () => {
  it('[JOI-20] an empty form is refused field by field, in the order in which they stand', () => {
    const faults = inputFaults(caseCreate.input, newCaseOf(empty))
    expect([...faults.keys()]).toEqual([
      'title',
      'category',
      'subject',
      'agreement.place',
      'sides.0.name',
      'sides.0.people.0.name',
      'sides.1.name',
      'sides.1.people.0.name',
    ])
    expect(new Set(faults.values())).toEqual(new Set(['missing']))
  })

  it('[JOI-20] a wrong telephone, address or day is named where it stands', () => {
    const form = changePerson({ ...filled(), date: '2026-02-30' }, 1, 0, { phone: 'call me', email: 'nobody' })
    expect([...inputFaults(caseCreate.input, newCaseOf(form))]).toEqual([
      ['agreement.date', 'format'],
      ['sides.1.people.0.phone', 'format'],
      ['sides.1.people.0.email', 'format'],
    ])
  })

  it('[JOI-21] a filled form is what the route takes; what was left empty is left out', () => {
    const input = newCaseOf(filled())
    expect(inputFaults(caseCreate.input, input).size).toBe(0)
    expect(input.sides[0]).toEqual({
      kind: 'person',
      name: 'Айгүл Серік',
      people: [{ name: 'Айгүл Серік', role: 'party', language: 'kk' }],
    })
    expect(input.sides[1]?.people[0]).toEqual({
      name: 'Павел Ким',
      role: 'representative',
      authority: 'директор',
      language: 'kk',
      phone: '+77050002345',
      email: 'pavel@dala.kz',
    })
  })

  it("[JOI-21] a person who is a side types the name once, and a name of one's own is kept", () => {
    let form = changeSide(empty, 0, { name: 'Айг' })
    form = changeSide(form, 0, { name: 'Айгүл' })
    expect(form.sides[0]?.people[0]?.name).toBe('Айгүл')
    form = changePerson(form, 0, 0, { name: 'Серік Айгүл' })
    form = changeSide(form, 0, { name: 'Айгүл Серік' })
    expect(form.sides[0]?.people[0]?.name).toBe('Серік Айгүл')
    form = changeSide(changeSide(empty, 0, { name: 'Береке' }), 0, { kind: 'organisation' })
    expect(form.sides[0]?.people[0]).toMatchObject({ name: '', role: 'representative' })
    expect(changeSide(form, 0, { kind: 'person' }).sides[0]?.people[0]).toMatchObject({ name: 'Береке', role: 'party' })
  })

  it('[JOI-21] two to six sides, one to five people each; keys are never used twice', () => {
    let form = empty
    for (let i = 0; i < 9; i++) form = withSide(form)
    for (let i = 0; i < 9; i++) form = withPerson(form, 2)
    expect([form.sides.length, form.sides[2]?.people.length]).toEqual([6, 5])
    expect([canAddSide(form), form.sides[2] && canAddPerson(form.sides[2])]).toEqual([false, false])
    const keys = form.sides.flatMap((side) => [side.key, ...side.people.map((person) => person.key)])
    expect(new Set(keys).size).toBe(keys.length)
    for (let i = 0; i < 9; i++) form = withoutPerson(withoutSide(form, 0), 0, 0)
    expect([form.sides.length, form.sides[0]?.people.length]).toEqual([2, 1])
  })
})
