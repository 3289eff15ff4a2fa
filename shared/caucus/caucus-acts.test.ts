import { expect, it } from 'vitest'
import { actFaults, always, firstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import { caucus } from './capability.ts'

it('[CAS-12] the rights about a caucus are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(caucus.acts, {
      'caucus/invite': [['side', ['mediator'], ['mediating']]],
      'caucus/enter': [['side', [...firstSide, 'lawyer'], always]],
      'caucus/end': [['side', ['mediator', ...firstSide, 'lawyer'], always]],
      'caucus/call-mediator': [['side', [...firstSide, 'lawyer'], untilClosed]],
      'caucus/answer-call': [['side', ['mediator'], always]],
      'caucus/move': [['mediator-self', ['mediator'], untilClosed]],
    }),
  ).toEqual([])
})
