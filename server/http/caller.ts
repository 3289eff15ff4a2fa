// Who asks, as the session says it. The router knows no capability: how a token is read is handed in.

import type { AccountId, CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { RouteAuth } from '#shared/protocol/route.ts'

export interface StaffCaller {
  readonly kind: 'staff'
  readonly accountId: AccountId
  readonly role: 'owner' | 'mediator'
  readonly sessionId: string
}

export interface PersonCaller {
  readonly kind: 'person'
  readonly caseId: CaseId
  readonly participantId: ParticipantId
  readonly sessionId: string
  /** Set when the person is staff: a mediator of the case. */
  readonly accountId?: AccountId
}

export type Caller = StaffCaller | PersonCaller

/** Answers undefined for anything but a live session's token. */
export type Authenticate = (token: string) => Promise<Caller | undefined>

/** Whether a session is neither over nor held at this moment, however long its token would run. */
export type IsLive = (sessionId: string) => Promise<boolean>

/** Which participant of the case this account is, if any. */
export type PersonOf = (accountId: AccountId, caseId: CaseId) => Promise<ParticipantId | undefined>

export type CallerOf<Auth extends RouteAuth> = Auth extends 'none' ? Caller | undefined : Auth extends 'person' ? PersonCaller : StaffCaller
