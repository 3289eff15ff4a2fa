import { expect, it } from 'vitest'
import { actFaults, untilOver } from '#shared/cases/testing/act-table.ts'
import { scheduling } from './capability.ts'

it('[CAS-12] the rights about dates are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(scheduling.acts, {
      'scheduling/set-date': [['case', ['mediator'], untilOver]],
      // A mediator has no line of their own: `canAnswerDates` denies it.
      'scheduling/answer': [['direct', ['mediator', 'party'], untilOver]],
    }),
  ).toEqual([])
})
