import { caseFold } from '#shared/cases/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { type Decision, decided, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { canReportChild } from './child-report-policy.ts'
import { childReportHandedOver, childReportHandOver, childReportMade, childReportMake } from './child-report-protocol.ts'
import { childReportsFold } from './child-report-state.ts'

export const makeChildReportRule = personRule({
  command: childReportMake,
  weight: 'words',
  decide(view, input, { actor }) {
    const refusal = refusalFor(view, actor)
    if (refusal) return refusal
    const known = view.state(childReportsFold, selfAudience(actor.id))?.reports[input.reportId]
    if (known) return known.text === input.text ? decided() : refuse('conflict')
    return decided(newEvent(childReportMade, selfAudience(actor.id), input))
  },
})

export const handOverChildReportRule = personRule({
  command: childReportHandOver,
  decide(view, input, { actor }) {
    const refusal = refusalFor(view, actor)
    if (refusal) return refusal
    const report = view.state(childReportsFold, selfAudience(actor.id))?.reports[input.reportId]
    if (!report) return refuse('not-found')
    return report.handedOver ? decided() : decided(newEvent(childReportHandedOver, selfAudience(actor.id), input))
  },
})

function refusalFor(view: View, actor: Person): Decision | undefined {
  const state = view.state(caseFold, 'case')
  if (!state?.facts) return refuse('not-found')
  return canReportChild(actor, state.phase) ? undefined : refuse('forbidden')
}
