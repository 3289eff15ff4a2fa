import { serverCapability } from '#server/capability.ts'
import { identity } from '#server/identity/capability.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { expireGrantRule } from '#shared/rooms/decide-expire.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { addPersonRule, correctPersonRule, endPersonRule } from '#shared/rooms/decide-people.ts'
import { setProcedureRule } from '#shared/rooms/decide-procedure.ts'
import { invitedAnewFold } from '#shared/rooms/invited-anew.ts'
import { endRemoved } from './end-removed.ts'
import { makeTimedGrants } from './timed-grants.ts'

export const rooms = serverCapability({
  name: 'rooms',
  rules: [openRule, enterRule, admitRule, addPersonRule, correctPersonRule, endPersonRule, expireGrantRule, leaveRule, setProcedureRule],
  folds: [invitedAnewFold],
  start({ log, clock, timers, sockets, use, onTrouble }) {
    const { endParticipant } = use(identity)
    const timedGrants = makeTimedGrants({ log, clock, timers, turned: sockets.turned, onTrouble })
    return {
      api: undefined,
      subscribers: [timedGrants.subscriber, endRemoved({ log, endParticipant, onTrouble })],
      close: timedGrants.close,
    }
  },
})
