import { describe, expect, it } from 'vitest'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import { caseOpened, numberCorrected, titleCorrected } from './case-protocol.ts'
import { correctionsFold } from './corrections-state.ts'
import { personAdded, personCorrected, personEnded } from './people-protocol.ts'
import { SMALL_CASE } from './testing/opened.ts'

const id = <T extends ParticipantId | SideId>(name: string) => asId<T>(name.padEnd(22, '_'))
const [mediator, pavel, side] = [id<ParticipantId>('m'), id<ParticipantId>('p'), id<SideId>('s')]
const person = { id: pavel, name: 'Павел Кин', role: 'party', sideId: side, language: 'ru' } as const
const old = readBody(caseOpened, 1, {
  ...SMALL_CASE,
  mediator: { id: mediator, name: 'Ерлан Омаров', language: 'ru' },
  sides: [
    { id: side, kind: 'person', name: 'Павел Кин' },
    { id: id<SideId>('b'), kind: 'organisation', name: 'Береке' },
  ],
  people: [person, { id: id<ParticipantId>('a'), name: 'Айгүл Серік', role: 'party', sideId: id<SideId>('b'), language: 'kk' }],
})

const corrections = (...told: Told) => folded(...told).corrections

type Told = readonly (readonly [EventDefinition, object])[]

function folded(...told: Told) {
  return told.reduce(
    (state, [{ name: type }, body], index) =>
      correctionsFold.evolve(state, { audience: 'case', epoch: 1, seq: index + 1, type, by: mediator, at: index + 1, hash: '', body }),
    correctionsFold.initial,
  )
}

describe('the names that were corrected in a case', () => {
  const correct = (name: string) => [personCorrected, { participantId: pavel, name, language: 'ru' }] as const

  it('[CAS-17] stand with what was, what is and when, also of people whom version 1 of `case:opened` named', () => {
    const first = { participantId: pavel, was: 'Павел Кин', is: 'Павел Ким' }
    expect(corrections([caseOpened, old], correct('Павел Ким'))).toEqual([{ ...first, at: 2 }])
    expect(corrections([caseOpened, SMALL_CASE], [personAdded, person], correct('Павел Ким'), correct('Павел Т. Ким'))).toEqual([
      { ...first, at: 3 },
      { participantId: pavel, was: 'Павел Ким', is: 'Павел Т. Ким', at: 4 },
    ])
  })

  it('[CAS-17] another language or power is no correction of a name; another name at coming back is one', () => {
    expect(corrections([personAdded, person], [personCorrected, { participantId: pavel, name: person.name, language: 'kk' }])).toEqual([])
    const back = [personAdded, { ...person, name: 'Павел Ким' }] as const
    expect(corrections([personAdded, person], [personEnded, { participantId: pavel }], back)).toMatchObject([{ is: 'Павел Ким', at: 3 }])
  })
})

describe('all that was corrected', () => {
  it('[CAS-37] names, powers to act and the name of the case, each with what was and what is, in their order', () => {
    const named = { participantId: pavel, name: 'Павел Ким', language: 'ru' } as const
    const { all } = folded(
      [caseOpened, old],
      [titleCorrected, { title: 'Береке — Павел Ким' }],
      [personCorrected, { ...named, authority: 'доверенность № 3' }],
      [personCorrected, named],
      [titleCorrected, { title: 'Береке — Ким' }],
    )
    expect(all).toEqual([
      { what: 'title', was: SMALL_CASE.title, is: 'Береке — Павел Ким', at: 2 },
      { what: 'name', participantId: pavel, was: 'Павел Кин', is: 'Павел Ким', at: 3 },
      { what: 'authority', participantId: pavel, was: '', is: 'доверенность № 3', at: 3 },
      { what: 'authority', participantId: pavel, was: 'доверенность № 3', is: '', at: 4 },
      { what: 'title', was: 'Береке — Павел Ким', is: 'Береке — Ким', at: 5 },
    ])
  })

  it('[CAS-170] the number of the case too; one that was given later had none before', () => {
    const { all } = folded([caseOpened, old], [numberCorrected, { number: '2026-14' }], [numberCorrected, { number: '2026-41' }])
    expect(all).toEqual([
      { what: 'number', was: '', is: '2026-14', at: 2 },
      { what: 'number', was: '2026-14', is: '2026-41', at: 3 },
    ])
  })

  it('[CAS-37] another language is none, nor is what only another room says', () => {
    expect(folded([caseOpened, old], [personCorrected, { participantId: pavel, name: 'Павел Кин', language: 'kk' }]).all).toEqual([])
    const elsewhere = {
      audience: 'all',
      epoch: 1,
      seq: 1,
      by: mediator,
      at: 1,
      hash: '',
      type: titleCorrected.name,
      body: { title: 'x' },
    } as const
    expect(correctionsFold.evolve(correctionsFold.initial, elsewhere)).toBe(correctionsFold.initial)
  })
})
