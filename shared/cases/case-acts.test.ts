import { expect, it } from 'vitest'
import { cases } from './capability.ts'
import { actFaults, bothSides, everybody, silent, untilClosed, untilOver } from './testing/act-table.ts'

it('[CAS-12] the rights of the case are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(cases.acts, {
      'cases/confirm': [['case', [...everybody, ...silent], untilOver]],
      'cases/hold-session': [['case', ['mediator'], untilOver]],
      'cases/end-mediation': [['case', ['mediator'], untilOver]],
      'cases/suspend': [['case', ['mediator'], untilOver]],
      'cases/close': [['case', ['mediator'], ['performing']]],
      'cases/leave': [['case', bothSides, untilOver]],
      'cases/correct-title': [['case', ['mediator'], untilClosed]],
      'cases/correct-number': [['case', ['mediator'], untilOver]],
      'cases/change-people': [['case', ['mediator'], untilClosed]],
    }),
  ).toEqual([])
})
