// What is locked, and what can be. A lock never keeps a party from writing to the mediator or from leaving (art. 5), and never the mediator.
import { may, mayAtAll } from '#shared/cases/may.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { type Audience, type AudienceKind, audienceKind } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import type { View } from '#shared/log/decide.ts'
import type { LockKind } from './lock-protocol.ts'
import { locksFold } from './lock-state.ts'
import { lockAct } from './room-acts.ts'

/** A side's own room is its way to the mediator: its words are never locked. The draft is the joint room's. */
const LOCKABLE: Readonly<Record<LockKind, readonly AudienceKind[]>> = {
  messages: ['all', 'room'],
  files: ['all', 'side', 'room'],
  draft: ['all'],
  calls: ['all', 'side', 'room'],
}

export function isLockable(audience: Audience, what: LockKind): boolean {
  return LOCKABLE[what].includes(audienceKind(audience))
}

export function isLocked(view: View, audience: Audience, what: LockKind): boolean {
  return view.state(locksFold, audience)?.[what] !== undefined
}

export function isLockedFor(actor: Person, view: View, audience: Audience, what: LockKind): boolean {
  return !mediates(actor) && isLocked(view, audience, what)
}

export function mayLockAtAll(actor: Person, audience: Audience, what: LockKind): boolean {
  return mayAtAll(actor, lockAct, audience) && isLockable(audience, what)
}

export function canLock(actor: Person, audience: Audience, what: LockKind, phase: CasePhase): boolean {
  return may(actor, lockAct, audience, phase) && isLockable(audience, what)
}
