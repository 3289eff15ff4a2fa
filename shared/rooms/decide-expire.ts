import { decided, newEvent, systemRule } from '#shared/log/decide.ts'
import { isDue } from './grants.ts'
import { grantEnded, grantExpire } from './room-protocol.ts'
import { roomFold } from './room-state.ts'

/** Records that a grant's time is over; who may read was decided by the clock already. Doing it again changes nothing. */
export const expireGrantRule = systemRule({
  command: grantExpire,
  sees: ({ audience }) => [audience],
  decide(view, { audience, grantId }, { now }) {
    const grant = view.state(roomFold, audience)?.grants[grantId]
    return grant && isDue(grant, now) ? decided(newEvent(grantEnded, audience, { grantId })) : decided()
  },
})
