// A lock of the joint room follows into the rooms that were opened beside it; one that came so goes with it.
import { caseFold } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { audienceKind } from '#shared/kernel/audience.ts'
import { type Decision, decided, type NewEvent, newEvent, personRule, refuse, type View } from '#shared/log/decide.ts'
import { isRoomOpen } from './group-policy.ts'
import { canLock, isLockable, isLocked, mayLockAtAll } from './lock-policy.ts'
import { LOCK_KINDS, type LockKind, lockLifted, lockSet, roomLock, roomUnlock } from './lock-protocol.ts'
import { locksFold } from './lock-state.ts'

export const lockRule = personRule({
  command: roomLock,
  decide(view, { audience, what }, { actor, now }) {
    return change(view, { audience, what, actor }, () => [
      ...(isLocked(view, audience, what) ? [] : [newEvent(lockSet, audience, { what })]),
      ...followers(view, audience, what, now)
        .filter((room) => !isLocked(view, room, what))
        .map((room) => newEvent(lockSet, room, { what, followed: true })),
    ])
  },
})

export const unlockRule = personRule({
  command: roomUnlock,
  decide(view, { audience, what }, { actor, now }) {
    return change(view, { audience, what, actor }, () => [
      ...(isLocked(view, audience, what) ? [newEvent(lockLifted, audience, { what })] : []),
      ...followers(view, audience, what, now)
        .filter((room) => view.state(locksFold, room)?.[what]?.followed)
        .map((room) => newEvent(lockLifted, room, { what })),
    ])
  },
})

interface Change {
  readonly audience: Audience
  readonly what: LockKind
  readonly actor: Parameters<typeof canLock>[0]
}

function change(view: View, { audience, what, actor }: Change, events: () => readonly NewEvent[]): Decision {
  const state = view.state(caseFold, 'case')
  if (!state || !view.has(audience)) return refuse('not-found')
  if (!isLockable(audience, what)) return refuse('invalid', undefined, { field: 'what' })
  if (!mayLockAtAll(actor, audience, what)) return refuse('forbidden')
  return canLock(actor, audience, what, state.phase) ? decided(...events()) : refuse('conflict', 'cases/already-ended')
}

/** The rooms that stand beside the joint one. */
function followers(view: View, audience: Audience, what: LockKind, now: number): readonly Audience[] {
  if (audience !== 'all') return []
  return view.audiences().filter((each) => audienceKind(each) === 'room' && isLockable(each, what) && isRoomOpen(view, each, now))
}

/** What a room that is opened now takes over from the joint one. */
export function lockedLikeJoint(view: View, audience: Audience): readonly NewEvent[] {
  return LOCK_KINDS.filter((what) => isLockable(audience, what) && isLocked(view, 'all', what)).map((what) =>
    newEvent(lockSet, audience, { what, followed: true }),
  )
}
