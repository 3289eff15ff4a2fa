// The case: its facts and people, its phases.
import { defineCapability } from '#shared/log/capability.ts'
import {
  changePeopleAct,
  closeCaseAct,
  confirmAgreementAct,
  correctNumberAct,
  correctTitleAct,
  endMediationAct,
  holdSessionAct,
  leaveMediationAct,
  suspendAct,
} from './case-acts.ts'
import {
  agreementConfirmed,
  caseClosed,
  caseOpened,
  mediationEnded,
  mediationResumed,
  mediationSuspended,
  numberCorrected,
  sessionEnded,
  sessionStarted,
  sideLeft,
  titleCorrected,
} from './case-protocol.ts'
import { caseFold } from './case-state.ts'
import { correctionsFold } from './corrections-state.ts'
import { personAdded, personCorrected, personEnded, sideAdded } from './people-protocol.ts'

export const cases = defineCapability({
  name: 'cases',
  acts: [
    confirmAgreementAct,
    holdSessionAct,
    endMediationAct,
    suspendAct,
    closeCaseAct,
    leaveMediationAct,
    correctTitleAct,
    correctNumberAct,
    changePeopleAct,
  ],
  events: [
    caseOpened,
    agreementConfirmed,
    sessionStarted,
    sessionEnded,
    mediationSuspended,
    mediationResumed,
    sideLeft,
    titleCorrected,
    numberCorrected,
    mediationEnded,
    caseClosed,
    sideAdded,
    personAdded,
    personCorrected,
    personEnded,
  ],
  folds: [caseFold, correctionsFold],
})
