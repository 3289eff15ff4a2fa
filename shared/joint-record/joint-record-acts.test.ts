import { expect, it } from 'vitest'
import { actFaults, always, everybody } from '#shared/cases/testing/act-table.ts'
import { jointRecord } from './capability.ts'

it('[CAS-12] the rights about the joint record are as written here, for everybody, in every room and phase, and there are no others', () => {
  expect(actFaults(jointRecord.acts, { 'joint-record/export': [['all', everybody, always]] })).toEqual([])
})
