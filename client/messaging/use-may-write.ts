import { useCase, useView } from '#client/rooms/use-room.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { canPost, talkIn } from '#shared/messaging/messaging-policy.ts'

/** Whether this person can write in a room now. */
export function useMayWrite(audience: Audience): boolean {
  const { me } = useCase()
  const talk = talkIn(useView(), audience)
  return talk !== undefined && canPost(me, audience, talk)
}
