import { serverCapability } from '#server/capability.ts'
import { identity } from '#server/identity/capability.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { answerConsentRule, askConsentRule } from '#shared/rooms/decide-consent.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { expireGrantRule } from '#shared/rooms/decide-expire.ts'
import { closeGrantRule, giveGrantRule, takeGrantRule } from '#shared/rooms/decide-grant.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { addMediatorRule, proposeMediatorRule } from '#shared/rooms/decide-mediator.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { openEarlierRule } from '#shared/rooms/decide-open-earlier.ts'
import { addPersonRule, correctPersonRule, endPersonRule } from '#shared/rooms/decide-people.ts'
import { invitedAnewFold } from '#shared/rooms/invited-anew.ts'
import { closeGrants } from './close-grants.ts'
import { endRemoved } from './end-removed.ts'
import { makeTimedGrants } from './timed-grants.ts'

export const rooms = serverCapability({
  name: 'rooms',
  rules: [
    openRule,
    enterRule,
    admitRule,
    addPersonRule,
    correctPersonRule,
    endPersonRule,
    giveGrantRule,
    takeGrantRule,
    closeGrantRule,
    expireGrantRule,
    askConsentRule,
    answerConsentRule,
    proposeMediatorRule,
    addMediatorRule,
    leaveRule,
    openEarlierRule,
  ],
  folds: [invitedAnewFold],
  start({ log, clock, timers, sockets, use, onTrouble }) {
    const { endParticipant } = use(identity)
    const timedGrants = makeTimedGrants({ log, clock, timers, turned: sockets.turned, onTrouble })
    return {
      api: undefined,
      subscribers: [timedGrants.subscriber, closeGrants({ log, onTrouble }), endRemoved({ log, endParticipant, onTrouble })],
      close: timedGrants.close,
    }
  },
})
