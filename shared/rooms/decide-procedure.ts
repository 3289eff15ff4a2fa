import { caseFold } from '#shared/cases/case-state.ts'
import { mayAtAll } from '#shared/cases/may.ts'
import { decided, newEvent, personRule, refuse } from '#shared/log/decide.ts'
import { anyGroupBegun } from './group-people.ts'
import { isJointBegun } from './joint-begun.ts'
import { PROCEDURE_POINTS, procedureChanged, procedureSet } from './procedure-protocol.ts'
import { procedureFold } from './procedure-state.ts'
import { setProcedureAct } from './room-acts.ts'
import { canSetProcedure } from './room-policy.ts'

/** That talks are held apart is said only while it is so: not once somebody of a side is in the joint room, or with another side elsewhere. */
export const setProcedureRule = personRule({
  command: procedureSet,
  decide(view, input, { actor, now }) {
    const state = view.state(caseFold, 'case')
    const before = view.state(procedureFold, 'case')
    if (!state || !before) return refuse('not-found')
    if (!mayAtAll(actor, setProcedureAct, 'case')) return refuse('forbidden')
    if (!canSetProcedure(actor, state.phase)) return refuse('conflict', 'cases/already-ended')
    const begun = () => isJointBegun(view) || anyGroupBegun(view, state, now)
    if (input.caucusOnly && !before.caucusOnly && begun()) return refuse('conflict', 'rooms/joint-begun')
    return PROCEDURE_POINTS.every((point) => before[point] === input[point])
      ? decided()
      : decided(newEvent(procedureChanged, 'case', input))
  },
})
