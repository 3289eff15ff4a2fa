import { expect, it } from 'vitest'
import { actFaults, everybody, insideFirstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import { calls } from './capability.ts'

it('[CAL-2] the rights about calls are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(calls.acts, {
      'calls/hold': [['all', ['mediator'], ['mediating']]],
      'calls/join': [
        ['all', everybody, untilClosed],
        ['side', insideFirstSide, untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
    }),
  ).toEqual([])
})
