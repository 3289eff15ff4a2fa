import { expect, it } from 'vitest'
import { actFaults, everybody, insideFirstSide, untilClosed } from '#shared/cases/testing/act-table.ts'
import { files } from './capability.ts'

it('[CAS-12] the rights of files are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(
    actFaults(files.acts, {
      'files/post': [
        ['all', everybody, untilClosed],
        ['side', insideFirstSide, untilClosed],
        ['direct', ['mediator', 'party'], untilClosed],
        ['room', everybody, untilClosed],
      ],
    }),
  ).toEqual([])
})
