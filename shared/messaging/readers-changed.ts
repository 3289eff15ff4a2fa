import { type CaseState, nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { Problem } from '#shared/kernel/errors.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import type { Seen } from '#shared/protocol/wire.ts'
import type { RoomState } from '#shared/rooms/room-state.ts'

interface Asked {
  readonly audience: Audience
  readonly room: RoomState
  readonly state: CaseState
  readonly seen: Seen | undefined
}

/** Somebody has come in since the author last looked: whoever says or shows something must know who reads. */
export function readersChanged({ audience, room, state, seen }: Asked): Problem | undefined {
  const known = seen?.audience === audience ? seen.seq : 0
  if (room.lastJoin <= known) return undefined
  const newcomers = (Object.keys(room.members) as ParticipantId[]).filter((person) => (room.members[person]?.since ?? 0) > known)
  const names = newcomers.map((person) => nameIn(state, person) ?? '')
  return { kind: 'conflict', reason: 'messaging/readers-changed', details: { names } }
}
