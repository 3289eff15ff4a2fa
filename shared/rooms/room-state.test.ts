// Grants, memberships and the clock, as one audience folds them.
import { describe, expect, it } from 'vitest'
import { caseOpened } from '#shared/cases/case-protocol.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type GrantId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'
import { type AudienceState, emptyAudience, type Fold, foldEvent } from '#shared/log/fold.ts'
import { messagePosted } from '#shared/messaging/messaging-protocol.ts'
import { type EventDefinition, readBody } from '#shared/protocol/define.ts'
import { nextTurn } from './grants.ts'
import { grantEnded, grantGiven, roomJoined, roomLeft } from './room-protocol.ts'
import { isMember, isTimed, type RoomState, readersOf, roomFold } from './room-state.ts'

const person = asId<ParticipantId>('person'.padEnd(22, '_'))
const other = asId<ParticipantId>('other'.padEnd(22, '_'))
const grantId = asId<GrantId>('grant'.padEnd(22, '_'))
const second = asId<GrantId>('second'.padEnd(22, '_'))
const IN = Number.POSITIVE_INFINITY

type Told = readonly [definition: EventDefinition, body: object, at: number, version?: number]
function fold(told: readonly Told[], audience: Audience = 'all'): AudienceState {
  return told.reduce((state, [definition, body, at, version = definition.version], index) => {
    const event = { audience, epoch: 1, seq: index + 1, type: definition.name, by: person, at, hash: `${index}` }
    return foldEvent([roomFold as Fold], state, { ...event, body: readBody(definition, version, body) })
  }, emptyAudience(audience))
}

const room = (state: AudienceState) => state.slices.rooms as RoomState // the only fold here
const reads = (state: AudienceState, now: number, who = person) => readersOf(state, now).get(who)
const given = (more: object = {}, at = 10, id = grantId): Told => [
  grantGiven,
  { grantId: id, participantId: person, role: 'party', from: at, ...more },
  at,
]
const joined = (at = 20, id = grantId): Told => [roomJoined, { participantId: person, grantId: id }, at]
const word = (at: number): Told => [messagePosted, { id: 'message'.padEnd(22, '_'), text: 'сәлем' }, at]

describe('[ROO-7] reading needs a grant in force and the fact of having joined', () => {
  it('[ROO-7] neither alone is enough', () => {
    expect(reads(fold([given()]), 30)).toBeUndefined()
    expect(reads(fold([[roomJoined, { participantId: person, grantId }, 20]]), 30)).toBeUndefined()
    expect(reads(fold([given(), joined()]), 30)).toBe(IN)
  })

  it('[ROO-7] leaving ends reading at its own event, an ended grant at its own', () => {
    expect(reads(fold([given(), joined(), [roomLeft, { participantId: person }, 30], word(40)]), 50)).toBe(3)
    const ended = fold([given(), joined(), [grantEnded, { grantId }, 30], word(40)])
    expect([reads(ended, 50), isMember(room(ended), person)]).toEqual([3, false])
  })

  it('[ROO-7] a second grant keeps the room open when the first one ends', () => {
    const state = fold([given(), joined(), given({}, 25, second), [grantEnded, { grantId }, 30], word(40)])
    expect(reads(state, 50)).toBe(IN)
    expect(reads(fold([given({ until: 40 }), joined(), given({}, 25, second), word(45)]), 50)).toBe(IN)
  })

  it('[ROO-7] whoever comes back needs a new right, and reads from the start again', () => {
    const told = [given(), joined(), [roomLeft, { participantId: person }, 30], [grantEnded, { grantId }, 30]] as const
    expect(reads(fold([...told, [roomJoined, { participantId: person, grantId }, 40]]), 50)).toBeUndefined()
    expect(reads(fold([...told, given({}, 40, second), joined(40, second)]), 50)).toBe(IN)
  })
})

describe('[ROO-8] a grant with an end', () => {
  const open = [given({ until: 100 }), joined(), word(50)] as const

  it('[ROO-8] ends by the clock, whether or not anything says so: what was said until then stays readable, no more', () => {
    const state = fold(open)
    expect([reads(state, 99), reads(state, 100), reads(state, 5_000)]).toEqual([IN, 3, 3])
    expect(reads(fold([...open, word(99)]), 100)).toBe(4)
    expect(reads(fold([...open, word(100)]), 100)).toBe(3)
    expect(reads(fold([...open, word(150), word(160)]), 200)).toBe(3)
  })

  it('[ROO-8] its recorded end is read by whom it concerns only if nothing was said since', () => {
    const end: Told = [grantEnded, { grantId }, 101]
    expect(reads(fold([...open, end, word(120)]), 200)).toBe(4)
    expect(reads(fold([...open, word(100), end, word(120)]), 200)).toBe(3)
  })

  it('[ROO-8] ended before its time it is over, and its time changes nothing more', () => {
    const state = fold([...open, [grantEnded, { grantId }, 60], word(150)])
    expect([reads(state, 70), reads(state, 200)]).toEqual([4, 4])
    expect(nextTurn(room(state).grants, 70)).toBeUndefined()
  })

  it('[ROO-8] tells when the clock changes who reads next', () => {
    const state = fold([given({ from: 60, until: 100 }), joined()])
    expect([nextTurn(room(state).grants, 30), nextTurn(room(state).grants, 60), nextTurn(room(state).grants, 100)]).toEqual([
      60,
      100,
      undefined,
    ])
    expect([isTimed(state), isTimed(fold([given(), joined()]))]).toEqual([true, false])
  })

  it('[ROO-8] one that begins later opens nothing before, and everything then', () => {
    const state = fold([given({ from: 60 }), joined(), word(30)])
    expect([reads(state, 59), reads(state, 60)]).toEqual([undefined, IN])
  })

  it('[ROO-8] a clock that is set back takes a right from nobody who had it at once', () => {
    expect(reads(fold([given(), joined()]), 0)).toBe(IN)
  })
})

describe('[ROO-9] logs of version 1', () => {
  const v1 = (who: ParticipantId, at: number): Told => [roomJoined, { participantId: who }, at, 1]

  it('[ROO-9] joining was right and fact in one, leaving the end of both', () => {
    const state = fold([v1(person, 10), v1(other, 20), word(30)])
    expect([reads(state, 30), reads(state, 30, other)]).toEqual([IN, IN])
    expect(reads(fold([v1(person, 10), [roomLeft, { participantId: person }, 20], word(30)]), 40)).toBe(2)
    expect(reads(fold([v1(person, 10), [roomLeft, { participantId: person }, 20], v1(person, 30)]), 40)).toBe(IN)
  })

  it('[ROO-9] the people whom the opening names have the right to the case, and read it once they have come', () => {
    const opened = {
      title: 'Береке — Дала Жем',
      category: 'supply',
      subject: 'Оплата',
      voice: 'phone',
      draftLanguage: 'ru',
      agreement: { date: '2026-11-20', place: 'Петропавловск' },
      mediator: { id: other, name: 'Ерлан Омаров', language: 'ru' },
      sides: ['a', 'b'].map((side) => ({ id: asId<SideId>(side.padEnd(22, '_')), kind: 'organisation', name: side })),
      people: [person, second as string].map((id, at) => ({
        id,
        name: 'Айгүл Серік',
        role: at === 0 ? 'party' : 'representative',
        sideId: 'a'.padEnd(22, '_'),
        language: 'kk',
      })),
    }
    const old: Told = [caseOpened, opened, 1, 1]
    const state = fold([old, v1(other, 1)], 'case')
    expect(Object.values(room(state).grants).map(({ role }) => role)).toEqual(['mediator', 'party', 'representative'])
    expect([reads(state, 5, other), reads(state, 5)]).toEqual([IN, undefined])
    expect(reads(fold([old, v1(other, 1), v1(person, 2)], 'case'), 5)).toBe(IN)
  })
})
