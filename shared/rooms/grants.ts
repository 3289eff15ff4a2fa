// The rights to read one audience, folded from it alone. Reading needs both, a grant in force and the fact of having joined.
import type { Role } from '#shared/kernel/actor.ts'
import type { GrantId, ParticipantId } from '#shared/kernel/ids.ts'

/** When a right begins and ends, where not at once and for good. */
export interface GrantTime {
  readonly from?: number
  readonly until?: number
  readonly withSession?: boolean
}

export interface Grant {
  readonly grantId: GrantId
  readonly participantId: ParticipantId
  /** Undefined for a grant that was implied by joining, in logs of version 1: the person's role in the case. */
  readonly role: Role | undefined
  /** Undefined: in force from its event on, whatever the clock is set to. */
  readonly from: number | undefined
  readonly until: number | undefined
  /** Opens no words that were said before its holder came in. */
  readonly fromJoining: boolean
  /** Ends with the session in which it was given. */
  readonly withSession?: boolean | undefined
  /** Ended by an event, or by one that came after its time. */
  readonly ended: boolean
}

export type Grants = Readonly<Record<GrantId, Grant>>

export const grantsIn = (grants: Grants): readonly Grant[] => Object.values(grants)

function isInForce({ ended, from, until }: Grant, now: number): boolean {
  return !ended && (from === undefined || from <= now) && (until === undefined || now < until)
}

export function grantOf(grants: Grants, person: ParticipantId, now: number): Grant | undefined {
  return grantsIn(grants).find((grant) => grant.participantId === person && isInForce(grant, now))
}

/** Its time is over, and no event says so yet. */
export function isDue({ ended, until }: Grant, now: number): boolean {
  return !ended && until !== undefined && until <= now
}

/** When, after now, the clock alone changes who may read; undefined for the many audiences where nothing is timed. */
export function nextTurn(grants: Grants, now: number): number | undefined {
  let next: number | undefined
  for (const { ended, from, until } of grantsIn(grants)) {
    if (ended) continue
    for (const at of [from, until]) if (at !== undefined && at > now && (next === undefined || at < next)) next = at
  }
  return next
}

/** The id of a grant that no event gave: a person has one such at most in an audience. */
function impliedId(person: ParticipantId): GrantId {
  return person as string as GrantId // both are random ids; this one is used in one audience alone
}

export function impliedGrant(participantId: ParticipantId, role: Role | undefined): Grant {
  return { grantId: impliedId(participantId), participantId, role, from: undefined, until: undefined, fromJoining: false, ended: false }
}

export function withGrants(grants: Grants, added: readonly Grant[]): Grants {
  return { ...grants, ...Object.fromEntries(added.map((grant) => [grant.grantId, grant])) }
}
