import { serverCapability } from '#server/capability.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { expireGrantRule } from '#shared/rooms/decide-expire.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { addPersonRule, correctPersonRule, endPersonRule } from '#shared/rooms/decide-people.ts'
import { makeTimedGrants } from './timed-grants.ts'

export const rooms = serverCapability({
  name: 'rooms',
  rules: [openRule, enterRule, admitRule, addPersonRule, correctPersonRule, endPersonRule, expireGrantRule, leaveRule],
  start({ log, clock, timers, sockets, onTrouble }) {
    const timedGrants = makeTimedGrants({ log, clock, timers, turned: sockets.turned, onTrouble })
    return { api: undefined, subscribers: [timedGrants.subscriber], close: timedGrants.close }
  },
})
