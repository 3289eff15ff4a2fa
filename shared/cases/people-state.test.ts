import { describe, expect, it } from 'vitest'
import { asId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import type { ParsedEvent } from '#shared/log/fold.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import { caseClosed, caseOpened, mediationEnded, sessionEnded, sessionStarted } from './case-protocol.ts'
import { caseFold, mediatorsOf, nameIn, peopleOf, presentPersonIn } from './case-state.ts'
import { personAdded, personCorrected, personEnded, sideAdded } from './people-protocol.ts'
import { SMALL_CASE } from './testing/opened.ts'

const id = <T extends ParticipantId | SideId>(name: string) => asId<T>(name.padEnd(22, '_'))
const [mediator, aigul, lawyer, pavel] = [id<ParticipantId>('m'), id<ParticipantId>('a'), id<ParticipantId>('l'), id<ParticipantId>('p')]
const [bereke, pavels] = [id<SideId>('bereke'), id<SideId>('pavels')]

const sides = [
  { id: bereke, kind: 'organisation', name: 'Береке' },
  { id: pavels, kind: 'person', name: 'Павел Кин' },
] as const
const led = { id: mediator, name: 'Ерлан Омаров', language: 'ru', registerNumber: '7' } as const
const people = [
  { id: aigul, name: 'Айгүл Серік', role: 'party', sideId: bereke, language: 'kk' },
  { id: pavel, name: 'Павел Кин', role: 'party', sideId: pavels, language: 'ru' },
] as const

type Told = readonly [EventDefinition, object]
const fold = (...told: readonly Told[]) =>
  told.reduce((state, [definition, body], index) => {
    const event: ParsedEvent = {
      audience: 'case',
      epoch: 1,
      seq: index + 1,
      type: definition.name,
      by: mediator,
      at: (index + 1) * 1_000,
      hash: '',
      body: readBody(definition, definition.version, body),
    }
    return caseFold.evolve(state, event)
  }, caseFold.initial)

const opening: readonly Told[] = [
  [caseOpened, SMALL_CASE],
  ...sides.map((side): Told => [sideAdded, side]),
  [personAdded, { ...led, role: 'mediator' }],
  ...people.map((person): Told => [personAdded, person]),
]

describe('the people of a case', () => {
  it('[CAS-9] are told by events of their own, and a case of version 1 is read as the same', () => {
    const old = readBody(caseOpened, 1, { ...SMALL_CASE, mediator: led, sides, people })
    expect(fold([caseOpened, old]).facts).toEqual(fold(...opening).facts)
    expect(mediatorsOf(fold([caseOpened, old])).map(({ name }) => name)).toEqual(['Ерлан Омаров'])
  })

  it('[CAS-10] a corrected name is the name, also of the side that is this very person; what was dropped is gone', () => {
    const named = { participantId: pavel, name: 'Павел Ким', authority: 'сенімхат № 3', language: 'kk' } as const
    const state = fold(...opening, [personCorrected, named], [personCorrected, { participantId: pavel, name: 'Павел Ким', language: 'kk' }])
    expect(nameIn(state, pavel)).toBe('Павел Ким')
    expect(presentPersonIn(state, pavel)).toEqual({ id: pavel, name: 'Павел Ким', role: 'party', sideId: pavels, language: 'kk' })
    expect(state.facts?.sides.map(({ name }) => name)).toEqual(['Береке', 'Павел Ким'])
  })

  it('[CAS-10] an organisation keeps its name whoever speaks for it', () => {
    const state = fold(...opening, [personCorrected, { participantId: aigul, name: 'Береке', language: 'kk' }])
    expect(fold(...opening, [personCorrected, { participantId: aigul, name: 'А', language: 'kk' }]).facts?.sides[0]?.name).toBe('Береке')
    expect(state.facts?.sides[0]?.name).toBe('Береке')
  })

  it('[CAS-11] whoever is out of the case keeps a name there, and can come back', () => {
    const added: Told = [personAdded, { id: lawyer, name: 'Мария Жук', role: 'representative', sideId: bereke, language: 'ru' }]
    const gone = fold(...opening, added, [personEnded, { participantId: lawyer }])
    expect(peopleOf(gone, bereke).map(({ name }) => name)).toEqual(['Айгүл Серік'])
    expect([nameIn(gone, lawyer), presentPersonIn(gone, lawyer)]).toEqual(['Мария Жук', undefined])
    const back = fold(...opening, added, [personEnded, { participantId: lawyer }], added)
    expect(peopleOf(back, bereke).map(({ name }) => name)).toEqual(['Айгүл Серік', 'Мария Жук'])
  })
})

describe('the phases of a case', () => {
  const start: Told = [sessionStarted, {}]
  const stop: Told = [sessionEnded, {}]
  it.each<[string, readonly Told[], string, boolean]>([
    ['opened', [], 'preparing', false],
    ['in its first session', [start], 'mediating', true],
    ['between sessions', [start, stop], 'mediating', false],
    ['settled in a session', [start, [mediationEnded, { ground: 'settled' }]], 'performing', false],
    ['settled and closed', [start, [mediationEnded, { ground: 'settled' }], [caseClosed, {}]], 'closed', false],
    ['refused', [start, [mediationEnded, { ground: 'refused' }]], 'closed', false],
    ['run out of time before it began', [[mediationEnded, { ground: 'expired' }]], 'closed', false],
  ])('[CAS-13] a case that was %s', (_name, told, phase, inSession) => {
    const state = fold(...opening, ...told)
    expect([state.phase, state.session !== undefined]).toEqual([phase, inSession])
  })
})
