import type { CommandId } from '#shared/kernel/ids.ts'
import { type Fold, isEvent } from '#shared/log/fold.ts'
import { childReportHandedOver, childReportMade, type REPORT_WAYS } from './child-report-protocol.ts'

export interface ChildReport {
  readonly text: string
  readonly madeAt: number
  /** The first time; undefined while it is not. */
  readonly handedOver: { readonly at: number; readonly way: (typeof REPORT_WAYS)[number] } | undefined
}

/** Folded from a mediator's own audience alone. */
export interface ChildReportsState {
  readonly reports: Readonly<Record<CommandId, ChildReport>>
}

export const childReportsFold: Fold<ChildReportsState> = {
  name: 'child-reports',
  initial: { reports: {} },
  evolve(state, event) {
    if (isEvent(event, childReportMade)) {
      const { reportId, text } = event.body
      return { reports: { ...state.reports, [reportId]: { text, madeAt: event.at, handedOver: undefined } } }
    }
    if (isEvent(event, childReportHandedOver)) {
      const { reportId, way } = event.body
      const report = state.reports[reportId]
      if (!report || report.handedOver) return state
      return { reports: { ...state.reports, [reportId]: { ...report, handedOver: { at: event.at, way } } } }
    }
    return state
  },
}
