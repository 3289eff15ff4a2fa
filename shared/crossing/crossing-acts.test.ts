import { expect, it } from 'vitest'
import { actFaults, always, bothSides, firstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import { crossing } from './capability.ts'

it('[CAS-12] the rights about words that cross are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(crossing.acts, {
      'crossing/mark': [
        ['side', firstSide, untilClosed],
        ['direct', ['party'], untilClosed],
        ['room', bothSides, untilClosed],
      ],
      'crossing/allow': [
        ['side', firstSide, untilClosed],
        ['direct', ['party'], untilClosed],
        ['room', bothSides, untilClosed],
      ],
      'crossing/withdraw': [
        ['side', firstSide, always],
        ['direct', ['party'], always],
        ['room', bothSides, always],
      ],
      'crossing/deliver': [
        ['side', ['mediator'], untilClosed],
        ['direct', ['mediator'], untilClosed],
        ['room', ['mediator'], untilClosed],
      ],
      'crossing/ask-wording': [
        ['side', ['mediator'], untilClosed],
        ['direct', ['mediator'], untilClosed],
        ['room', ['mediator'], untilClosed],
      ],
      'crossing/answer-wording': [
        ['side', firstSide, untilClosed],
        ['direct', ['party'], untilClosed],
        ['room', bothSides, untilClosed],
      ],
    }),
  ).toEqual([])
})
