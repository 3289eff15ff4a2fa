import { expect, it } from 'vitest'
import { actFaults, always, everybody, untilClosed } from '#shared/cases/testing/act-table.ts'
import { rooms } from './capability.ts'

it('[CAS-12] the rights about rooms are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(rooms.acts, {
      'rooms/admit': [['case', ['mediator'], ['mediating']]],
      'rooms/open-group': [['room', ['mediator'], untilClosed]],
      'rooms/change-group': [['room', ['mediator'], untilClosed]],
      'rooms/enter-group': [['room', everybody, untilClosed]],
      'rooms/leave-group': [['room', everybody, always]],
      'rooms/lock': [
        ['all', ['mediator'], untilClosed],
        ['side', ['mediator'], untilClosed],
        ['room', ['mediator'], untilClosed],
      ],
    }),
  ).toEqual([])
})
