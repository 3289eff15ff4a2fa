// The record of the joint session as it is given out.
import { defineCapability } from '#shared/log/capability.ts'
import { exportRecordAct } from './joint-record-acts.ts'

export const jointRecord = defineCapability({ name: 'joint-record', acts: [exportRecordAct] })
