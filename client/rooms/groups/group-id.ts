import { type Audience, audienceSubject } from '#shared/kernel/audience.ts'
import { asId, type RoomId } from '#shared/kernel/ids.ts'

export function groupIdOf(audience: Audience): RoomId {
  return asId<RoomId>(audienceSubject(audience) ?? '')
}
