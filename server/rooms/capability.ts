import { serverCapability } from '#server/capability.ts'
import { isShared } from '#server/config/config.ts'
import { identity } from '#server/identity/capability.ts'
import { admitRule } from '#shared/rooms/decide-admit.ts'
import { answerConsentRule, askConsentRule } from '#shared/rooms/decide-consent.ts'
import { enterRule } from '#shared/rooms/decide-enter.ts'
import { expireGrantRule } from '#shared/rooms/decide-expire.ts'
import { closeGrantRule, giveGrantRule, leadMinorOutRule, takeGrantRule } from '#shared/rooms/decide-grant.ts'
import {
  closeGroupRule,
  endGroupRule,
  enterGroupRule,
  inviteToGroupRule,
  leaveGroupRule,
  openGroupRule,
  releaseFromGroupRule,
  renameGroupRule,
  vacateGroupRule,
} from '#shared/rooms/decide-group.ts'
import { leaveRule } from '#shared/rooms/decide-leave.ts'
import { interruptLineRule, restoreLineRule } from '#shared/rooms/decide-line.ts'
import { lockRule, unlockRule } from '#shared/rooms/decide-lock.ts'
import { addMediatorRule, proposeMediatorRule } from '#shared/rooms/decide-mediator.ts'
import { openRule } from '#shared/rooms/decide-open.ts'
import { openEarlierRule } from '#shared/rooms/decide-open-earlier.ts'
import { addPersonRule, correctPersonRule, endPersonRule } from '#shared/rooms/decide-people.ts'
import { setProcedureRule } from '#shared/rooms/decide-procedure.ts'
import { invitedAnewFold } from '#shared/rooms/invited-anew.ts'
import { closeGrants } from './close-grants.ts'
import { endGroups } from './end-groups.ts'
import { endRemoved } from './end-removed.ts'
import { leadMinorsOut } from './lead-minors-out.ts'
import { makeMediatorLine } from './mediator-line.ts'
import { ALONE, sharedLines } from './shared-lines.ts'
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
    leadMinorOutRule,
    askConsentRule,
    answerConsentRule,
    proposeMediatorRule,
    addMediatorRule,
    leaveRule,
    openEarlierRule,
    openGroupRule,
    inviteToGroupRule,
    releaseFromGroupRule,
    renameGroupRule,
    enterGroupRule,
    leaveGroupRule,
    endGroupRule,
    closeGroupRule,
    vacateGroupRule,
    lockRule,
    unlockRule,
    interruptLineRule,
    restoreLineRule,
    setProcedureRule,
  ],
  folds: [invitedAnewFold],
  start({ log, clock, timers, sockets, due, config, storage, entropy, steady, newStep, use, onTrouble }) {
    const { endParticipant } = use(identity)
    const timedGrants = makeTimedGrants({ log, clock, timers, turned: sockets.turned, onTrouble })
    const ends = endGroups({ log, due, clock, onTrouble })
    const elsewhere = isShared(config.storage)
      ? sharedLines({ records: storage.records, clock: steady, timers, entropy, onTrouble })
      : ALONE
    const line = makeMediatorLine({ log, timers, newStep, elsewhere, onTrouble })
    return {
      api: undefined,
      facts: [ends.fact],
      due: [ends.dueKind],
      lanes: [line.lane],
      subscribers: [
        timedGrants.subscriber,
        closeGrants({ log, onTrouble }),
        leadMinorsOut({ log, clock, newStep, onTrouble }),
        ends.subscriber,
        line.subscriber,
        endRemoved({ log, endParticipant, onTrouble }),
      ],
      async close() {
        timedGrants.close()
        await line.close()
      },
    }
  },
})
