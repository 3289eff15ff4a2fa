import { expect, it } from 'vitest'
import { actFaults, untilOver } from '#shared/cases/testing/act-table.ts'
import { waiting } from './capability.ts'

it('[CAS-12] the rights of those who wait are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(waiting.acts, {
      'waiting/give-estimate': [['case', ['mediator'], untilOver]],
      'waiting/give-task': [['side', ['mediator'], ['mediating']]],
      'waiting/withdraw-task': [['side', ['mediator'], ['preparing', 'mediating', 'performing', 'closed']]],
      'waiting/answer-task': [['side', ['party', 'representative', 'lawyer'], ['mediating']]],
    }),
  ).toEqual([])
})
