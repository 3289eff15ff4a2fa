// What happened in a room besides words: who came in, when a private talk was offered, begun and ended.
import { type FoldedEvent, type ToldEvent, toldEventsFold } from '#client/realtime/told-events.ts'
import { mediationResumed, mediationSuspended, sessionEnded, sessionStarted } from '#shared/cases/case-protocol.ts'
import { caucusEnded, caucusEntered, caucusInvited, mediatorCalled } from '#shared/caucus/caucus-protocol.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { isEvent } from '#shared/log/fold.ts'
import { groupEnded, groupEntered } from '#shared/rooms/group-protocol.ts'
import { lineInterrupted, lineRestored } from '#shared/rooms/line-protocol.ts'
import { type LockKind, lockLifted, lockSet } from '#shared/rooms/lock-protocol.ts'
import { roomJoined, roomLeft } from '#shared/rooms/room-protocol.ts'

type RoomEventKind =
  | { readonly kind: 'came' | 'went'; readonly person: ParticipantId }
  | { readonly kind: 'locked' | 'unlocked'; readonly what: LockKind }
  | { readonly kind: 'group-ended' | 'stepped-over' | 'line-interrupted' | 'line-restored' }
  | { readonly kind: 'session-started' | 'session-ended' | 'suspended' | 'resumed' | 'invited' | 'ended' | 'called' }
  | { readonly kind: 'entered'; readonly company: 'alone' | 'accompanied'; readonly companions: string | undefined }

export type RoomEvent = ToldEvent<RoomEventKind>

export const roomEventsFold = toldEventsFold('client-room-events', kindOf)

function kindOf(event: FoldedEvent): RoomEventKind | undefined {
  if (isEvent(event, roomJoined)) return { kind: 'came', person: event.body.participantId }
  if (isEvent(event, roomLeft)) return { kind: 'went', person: event.body.participantId }
  if (isEvent(event, sessionStarted)) return { kind: 'session-started' }
  if (isEvent(event, mediationSuspended)) return { kind: 'suspended' }
  if (isEvent(event, mediationResumed)) return { kind: 'resumed' }
  if (isEvent(event, sessionEnded)) return { kind: 'session-ended' }
  if (isEvent(event, caucusInvited)) return { kind: 'invited' }
  if (isEvent(event, caucusEntered)) return { kind: 'entered', company: event.body.company, companions: event.body.companions }
  if (isEvent(event, caucusEnded)) return { kind: 'ended' }
  if (isEvent(event, groupEntered)) return { kind: 'stepped-over' }
  if (isEvent(event, groupEnded)) return { kind: 'group-ended' }
  if (isEvent(event, lockSet)) return { kind: 'locked', what: event.body.what }
  if (isEvent(event, lockLifted)) return { kind: 'unlocked', what: event.body.what }
  if (isEvent(event, lineInterrupted)) return { kind: 'line-interrupted' }
  if (isEvent(event, lineRestored)) return { kind: 'line-restored' }
  if (isEvent(event, mediatorCalled)) return { kind: 'called' }
  return undefined
}
