// Who may do what with a frozen version. Plain facts in, yes or no out; the client draws its buttons by the same answers.
import { may } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Act } from '#shared/kernel/act.ts'
import type { Role } from '#shared/kernel/actor.ts'
import { declineAct, recordPaperAct, reopenAct, signAct, signLastAct, withdrawSignatureAct } from './signing-acts.ts'

export interface SigningSituation {
  readonly role: Role
  /** Named among the signers of this version. */
  readonly signer: boolean
  readonly phase: CasePhase
  /** `frozen`: this version is the closed one; `agreed`: signed by all, or on paper; `open`: reopened, or never closed. */
  readonly version: 'frozen' | 'agreed' | 'open'
  /** The installation has sealed the frozen version. */
  readonly sealed: boolean
  /** The actor's own signature. */
  readonly own: 'stands' | 'none'
  /** The signatures of the sides; `hidden` from everybody but the mediator. */
  readonly sides: 'all' | 'some' | 'none' | 'hidden'
}

function isOpenTo(situation: SigningSituation, act: Act): boolean {
  return situation.signer && situation.version === 'frozen' && may(situation, act, 'all', situation.phase)
}

/** May ask for a certificate and sign with it. The mediator signs last: only while all sides' signatures stand. */
export function canSign(situation: SigningSituation): boolean {
  if (!situation.sealed || situation.own === 'stands') return false
  return isOpenTo(situation, signAct) || (isOpenTo(situation, signLastAct) && situation.sides === 'all')
}

/** Until release, and whatever the reason. */
export function canWithdrawSignature(situation: SigningSituation): boolean {
  return isOpenTo(situation, withdrawSignatureAct) && situation.own === 'stands'
}

/** A signer of a side says no; the mediator opens the text again instead. */
export function canDecline(situation: SigningSituation): boolean {
  return isOpenTo(situation, declineAct)
}

/** Whoever mediates now: a text that was closed under another mediator's name would stay closed for good. */
export function canReopen(situation: SigningSituation): boolean {
  return situation.version === 'frozen' && may(situation, reopenAct, 'all', situation.phase)
}

/** A version is all electronic or all paper. */
export function canRecordPaper(situation: SigningSituation): boolean {
  return isOpenTo(situation, recordPaperAct) && situation.sealed && situation.sides === 'none'
}
