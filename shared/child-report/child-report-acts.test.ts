import { expect, it } from 'vitest'
import { actFaults, always } from '#shared/cases/testing/act-table.ts'
import { childReport } from './capability.ts'

it('[CAS-12] the rights about reports on a child are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(actFaults(childReport.acts, { 'child-report/make': [['mediator-self', ['mediator'], always]] })).toEqual([])
})
