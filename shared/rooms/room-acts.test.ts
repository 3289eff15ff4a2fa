import { expect, it } from 'vitest'
import { actFaults, always, everybody, firstSide, silent, untilClosed, untilOver } from '#shared/cases/testing/act-table.ts'
import { rooms } from './capability.ts'

const byGrant = ['teacher', 'psychologist', 'companion', 'interpreter', 'trainee', 'observer'] as const

it('[CAS-12] the rights about rooms are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(rooms.acts, {
      'rooms/admit': [['case', ['mediator'], ['mediating']]],
      'rooms/open-own-words': [
        ['side', firstSide, always],
        ['direct', ['party'], always],
      ],
      'rooms/open-joint-words': [['all', ['mediator'], always]],
      'rooms/give-grant': [
        ['all', ['mediator'], untilClosed],
        ['side', ['mediator'], untilClosed],
      ],
      'rooms/be-let-in': [
        ['all', [...byGrant, 'expert'], untilClosed],
        ['side', byGrant, untilClosed],
      ],
      'rooms/change-mediators': [['case', ['mediator'], untilOver]],
      'rooms/answer-consent': [
        ['side', firstSide, untilClosed],
        ['direct', ['party'], untilClosed],
      ],
      'rooms/open-group': [['room', ['mediator'], untilClosed]],
      'rooms/change-group': [['room', ['mediator'], untilClosed]],
      'rooms/enter-group': [['room', [...everybody, ...silent], untilClosed]],
      'rooms/leave-group': [['room', [...everybody, ...silent], always]],
      'rooms/lock': [
        ['all', ['mediator'], untilClosed],
        ['side', ['mediator'], untilClosed],
        ['room', ['mediator'], untilClosed],
      ],
      'rooms/set-procedure': [['case', ['mediator'], ['preparing', 'mediating']]],
    }),
  ).toEqual([])
})
