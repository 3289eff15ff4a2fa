import { caseFold, personIn } from '#shared/cases/case-state.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import { membersOf, roomFold } from './room-state.ts'

/** Whether somebody besides mediators is in the joint room. */
export function isJointBegun(view: View): boolean {
  const state = view.state(caseFold, 'case')
  return membersOf(view.state(roomFold, 'all')).some((id) => {
    const person = state && personIn(state, id)
    return person !== undefined && !mediates(person)
  })
}
