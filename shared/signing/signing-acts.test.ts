import { expect, it } from 'vitest'
import { actFaults, bothSides, untilOver } from '#shared/cases/testing/act-table.ts'
import { signing } from './capability.ts'

it('[CAS-12] the rights of a text that is closed for signing are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(signing.acts, {
      'signing/sign': [['all', bothSides, untilOver]],
      'signing/sign-last': [['all', ['mediator'], untilOver]],
      'signing/withdraw': [['all', ['mediator', ...bothSides], untilOver]],
      'signing/decline': [['all', bothSides, untilOver]],
      'signing/reopen': [['all', ['mediator'], untilOver]],
      'signing/record-paper': [['all', ['mediator'], untilOver]],
    }),
  ).toEqual([])
})
