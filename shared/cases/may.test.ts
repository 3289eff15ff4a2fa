import { describe, expect, it } from 'vitest'
import { ROLES } from '#shared/kernel/actor.ts'
import { actsByAuthority, isOfSide, mediates } from '#shared/kernel/roles.ts'
import { ALWAYS, defineAct, EVERYBODY, MEDIATING, MEDIATORS, SIDES, UNTIL_CLOSED, UNTIL_OVER } from './may.ts'
import { CASE_PHASES } from './phases.ts'
import { actFaults, always, everybody, firstSide, untilClosed } from './testing/act-table.ts'

describe('[CAS-12] who may do what', () => {
  it('[CAS-12] what an act does not name is denied: no role, no room, no phase', () => {
    expect(actFaults([defineAct('cases/plant', { roles: [], rooms: ['all'], phases: ALWAYS })], { 'cases/plant': [] })).toEqual([])
    expect(actFaults([defineAct('cases/plant', { roles: EVERYBODY, rooms: [], phases: ALWAYS })], { 'cases/plant': [] })).toEqual([])
    const never = { 'cases/plant': [['all', everybody, []]] } as const
    expect(actFaults([defineAct('cases/plant', { roles: EVERYBODY, rooms: ['all'], phases: [] })], never)).toEqual([])
  })

  it('[CAS-12] rooms of one side are for its own people and the mediators, those of one person for that one', () => {
    const rooms = ['case', 'all', 'mediators', 'side', 'direct', 'self', 'room', 'signers'] as const
    expect(
      actFaults([defineAct('cases/plant', { roles: EVERYBODY, rooms, phases: ALWAYS })], {
        'cases/plant': [
          ['case', everybody, always],
          ['all', everybody, always],
          ['mediators', ['mediator'], always],
          ['side', ['mediator', ...firstSide], always],
          ['direct', ['mediator', 'party'], always],
          ['self', ['party'], always],
          ['mediator-self', ['mediator'], always],
          ['room', everybody, always],
          ['signers', everybody, always],
        ],
      }),
    ).toEqual([])
  })

  it('[CAS-12] the lists that acts are defined with are these', () => {
    expect({ EVERYBODY, MEDIATORS, SIDES }).toEqual({
      EVERYBODY: ['mediator', 'party', 'representative'],
      MEDIATORS: ['mediator'],
      SIDES: ['party', 'representative'],
    })
    expect(ALWAYS).toEqual(CASE_PHASES)
    expect({ UNTIL_CLOSED, UNTIL_OVER, MEDIATING }).toEqual({
      UNTIL_CLOSED: ['preparing', 'mediating', 'performing'],
      UNTIL_OVER: ['preparing', 'mediating'],
      MEDIATING: ['mediating'],
    })
  })

  it('[CAS-12] a right that is wider or narrower than its table is found, and one that stands in none', () => {
    const act = defineAct('cases/plant', { roles: MEDIATORS, rooms: ['side'], phases: UNTIL_CLOSED })
    const right = { 'cases/plant': [['side', ['mediator'], untilClosed]] } as const
    expect(actFaults([act], right)).toEqual([])
    expect(actFaults([act], { 'cases/plant': [['side', ['mediator'], ['mediating']]] })).toEqual([
      'cases/plant: mediator in side, preparing: allowed',
      'cases/plant: mediator in side, performing: allowed',
    ])
    expect(actFaults([act], { 'cases/plant': [['side', ['mediator', 'party'], untilClosed]] })).toEqual([
      'cases/plant: party in side, at all: denied',
      'cases/plant: party in side, preparing: denied',
      'cases/plant: party in side, mediating: denied',
      'cases/plant: party in side, performing: denied',
    ])
    expect(actFaults([act], {})).toEqual(['cases/plant: not in the table'])
    expect(actFaults([], right)).toEqual(['cases/plant: no act'])
    expect(actFaults([act, act], right)).toEqual(['cases/plant: defined twice'])
  })

  it('[CAS-12] each role has its traits, and none of them follows from having no side', () => {
    expect(ROLES.filter((role) => mediates({ role }))).toEqual(['mediator'])
    expect(ROLES.filter((role) => isOfSide({ role }))).toEqual(['party', 'representative'])
    expect(ROLES.filter((role) => actsByAuthority({ role }))).toEqual(['representative'])
  })
})
