import { expect, it } from 'vitest'
import { actFaults, untilOver } from '#shared/cases/testing/act-table.ts'
import { preparation } from './capability.ts'

it('[CAS-12] the rights before a session are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(preparation.acts, {
      // A mediator has no line of their own: the policies deny it.
      'preparation/write-statement': [['direct', ['mediator', 'party'], untilOver]],
      'preparation/show-statements': [['all', ['mediator'], ['mediating']]],
      'preparation/answer-safety': [['direct', ['mediator', 'party'], untilOver]],
    }),
  ).toEqual([])
})
