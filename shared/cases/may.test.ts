import { describe, expect, it } from 'vitest'
import { ROLES } from '#shared/kernel/actor.ts'
import {
  actsByAuthority,
  guardsMinors,
  hasSide,
  isNamedInSettlement,
  isOfSide,
  mediates,
  readsByGrant,
  signs,
  speaksForSide,
  watches,
} from '#shared/kernel/roles.ts'
import { ALWAYS, defineAct, EVERYBODY, MEDIATING, MEDIATORS, OF_SIDES, SIDES, SILENT, UNTIL_CLOSED, UNTIL_OVER } from './may.ts'
import { APART_ROLES, SIDE_ROLES } from './people-fields.ts'
import { CASE_PHASES } from './phases.ts'
import { actFaults, always, everybody, insideFirstSide, untilClosed } from './testing/act-table.ts'

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
          ['side', insideFirstSide, always],
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
    expect({ EVERYBODY, MEDIATORS, OF_SIDES, SIDES, SILENT }).toEqual({
      EVERYBODY: ['mediator', 'party', 'representative', 'lawyer', 'teacher', 'psychologist', 'interpreter', 'expert'],
      MEDIATORS: ['mediator'],
      OF_SIDES: ['party', 'representative', 'lawyer'],
      SIDES: ['party', 'representative'],
      SILENT: ['companion', 'trainee', 'observer'],
    })
    expect([...EVERYBODY, ...SILENT].sort()).toEqual([...ROLES].sort())
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

  it('[CAS-200] what several lines allow is what each of them allows, and no more: a role of one in the room of the other is denied', () => {
    const act = defineAct(
      'cases/plant',
      { roles: MEDIATORS, rooms: ['all'], phases: UNTIL_CLOSED },
      { roles: ['observer'], rooms: ['side'], phases: ['mediating'] },
    )
    const table = { 'cases/plant': [['all', ['mediator'], untilClosed] as const, ['side', ['observer'], ['mediating']] as const] }
    expect(actFaults([act], table)).toEqual([])
  })

  it('[CAS-12] each role has its traits, and none of them follows from having no side', () => {
    expect(ROLES.filter((role) => mediates({ role }))).toEqual(['mediator'])
    expect(ROLES.filter((role) => isOfSide({ role }))).toEqual(['party', 'representative', 'lawyer'])
    expect(ROLES.filter((role) => hasSide({ role }))).toEqual([...SIDE_ROLES])
    expect(ROLES.filter((role) => !hasSide({ role }) && !mediates({ role }))).toEqual([...APART_ROLES])
    expect(ROLES.filter((role) => signs({ role }))).toEqual(['mediator', 'party', 'representative'])
    expect(ROLES.filter((role) => speaksForSide({ role }))).toEqual(['party', 'representative'])
    expect(ROLES.filter((role) => watches({ role }))).toEqual(['trainee', 'observer'])
    expect(ROLES.filter((role) => guardsMinors({ role }))).toEqual(['representative', 'teacher', 'psychologist'])
    expect(ROLES.filter((role) => isNamedInSettlement({ role }))).toEqual(['teacher', 'psychologist', 'interpreter'])
    expect(ROLES.filter((role) => readsByGrant({ role }))).toEqual(ROLES.filter((role) => !mediates({ role }) && !isOfSide({ role })))
    expect(ROLES.filter((role) => actsByAuthority({ role }))).toEqual(['representative'])
  })
})
