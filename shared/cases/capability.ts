// The case: its facts and people, its phases.
import { defineCapability } from '#shared/log/capability.ts'
import { changePeopleAct, closeCaseAct, confirmAgreementAct, endMediationAct, holdSessionAct, leaveMediationAct } from './case-acts.ts'
import { agreementConfirmed, caseClosed, caseOpened, mediationEnded, sessionEnded, sessionStarted, sideLeft } from './case-protocol.ts'
import { caseFold } from './case-state.ts'
import { personAdded, personCorrected, personEnded, sideAdded } from './people-protocol.ts'

export const cases = defineCapability({
  name: 'cases',
  acts: [confirmAgreementAct, holdSessionAct, endMediationAct, closeCaseAct, leaveMediationAct, changePeopleAct],
  events: [
    caseOpened,
    agreementConfirmed,
    sessionStarted,
    sessionEnded,
    sideLeft,
    mediationEnded,
    caseClosed,
    sideAdded,
    personAdded,
    personCorrected,
    personEnded,
  ],
  folds: [caseFold],
})
