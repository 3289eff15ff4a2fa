// A mediator's report on a child in danger.
import { defineCapability } from '#shared/log/capability.ts'
import { reportChildAct } from './child-report-acts.ts'
import { childReportHandedOver, childReportMade } from './child-report-protocol.ts'
import { childReportsFold } from './child-report-state.ts'

export const childReport = defineCapability({
  name: 'child-report',
  acts: [reportChildAct],
  events: [childReportMade, childReportHandedOver],
  folds: [childReportsFold],
})
