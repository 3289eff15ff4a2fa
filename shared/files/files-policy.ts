import type { CaseState } from '#shared/cases/case-state.ts'
import { may } from '#shared/cases/may.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { canPost } from '#shared/messaging/messaging-policy.ts'
import type { RoomState } from '#shared/rooms/room-state.ts'
import { postFileAct } from './files-acts.ts'

/** Wherever one may write at this moment, as far as one may send files at all. */
export function canPostFile(actor: Person, audience: Audience, room: RoomState, state: Pick<CaseState, 'phase' | 'session'>): boolean {
  return may(actor, postFileAct, audience, state.phase) && canPost(actor, audience, room, state)
}
