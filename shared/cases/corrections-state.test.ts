import { describe, expect, it } from 'vitest'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import { caseOpened } from './case-protocol.ts'
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

function corrections(...told: readonly (readonly [EventDefinition, object])[]) {
  return told.reduce(
    (state, [{ name: type }, body], index) =>
      correctionsFold.evolve(state, { audience: 'case', epoch: 1, seq: index + 1, type, by: mediator, at: index + 1, hash: '', body }),
    correctionsFold.initial,
  ).corrections
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
