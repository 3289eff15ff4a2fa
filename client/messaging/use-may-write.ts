import { useCase, useView } from '#client/rooms/use-room.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { jointRecordFold } from '#shared/messaging/joint-record-state.ts'
import { canPost } from '#shared/messaging/messaging-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

/** Whether this person can write in a room now. */
export function useMayWrite(audience: Audience): boolean {
  const { state, me } = useCase()
  const room = useView().state(roomFold, audience)
  const closed = useView().state(jointRecordFold, 'all')?.closed
  return room !== undefined && canPost(me, audience, room, state) && (audience !== 'all' || closed === undefined)
}
