import { expect, it } from 'vitest'
import { actFaults } from '#shared/cases/testing/act-table.ts'
import { rooms } from './capability.ts'

it('[CAS-12] the rights about rooms are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(rooms.acts, {
      'rooms/admit': [['case', ['mediator'], ['mediating']]],
      'rooms/set-procedure': [['case', ['mediator'], ['preparing', 'mediating']]],
    }),
  ).toEqual([])
})
