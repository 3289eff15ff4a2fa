import { expect, it } from 'vitest'
import { actFaults, always, bothSides, untilClosed } from '#shared/cases/testing/act-table.ts'
import { drafting } from './capability.ts'

it('[CAS-12] the rights of the common text and of notes are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(drafting.acts, {
      'drafting/edit': [['all', ['mediator', ...bothSides, 'lawyer'], ['mediating']]],
      'drafting/read-note': [['mediator-self', ['mediator'], always]],
      'drafting/edit-note': [['mediator-self', ['mediator'], untilClosed]],
      'drafting/say-ready': [['all', bothSides, ['mediating']]],
      'drafting/withdraw-ready': [['all', bothSides, always]],
      'drafting/restore': [['all', ['mediator'], ['mediating']]],
      'drafting/freeze': [['all', ['mediator'], ['mediating']]],
    }),
  ).toEqual([])
})
