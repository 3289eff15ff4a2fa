// Sockets in the rooms of the audiences that their people read at this moment, and in no other.
import type { Server } from 'socket.io'
import { type LoadedCase, type Readers, readableBy } from '#server/log/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { audienceRoom, personRoom } from './audience-room.ts'

const OPEN = Number.POSITIVE_INFINITY

export function makeRoomAccess(io: Server, readers: Readers) {
  /** The rooms that this person's new connection belongs in. */
  function openRooms(caseId: CaseId, state: LoadedCase, person: ParticipantId): readonly string[] {
    return [...readableBy(state, person, readers).keys()].flatMap((audience) => {
      const folded = state.audiences.get(audience)
      return folded && readers(folded).get(person) === OPEN ? [audienceRoom(caseId, audience)] : []
    })
  }

  /** After the events themselves were sent: whoever left has heard of it, whoever came asks for what came before. */
  function moved(caseId: CaseId, audience: Audience, { was, is }: { was: AudienceState | undefined; is: AudienceState }): void {
    const before = was ? readers(was) : new Map<ParticipantId, number>()
    for (const [person, until] of readers(is)) {
      if ((before.get(person) === OPEN) !== (until === OPEN)) place(caseId, audience, person, until === OPEN)
    }
  }

  /** By the clock, not by events: everybody, wherever their socket stood. */
  function settle(caseId: CaseId, folded: AudienceState): void {
    for (const [person, until] of readers(folded)) place(caseId, folded.audience, person, until === OPEN)
  }

  /** Before an event goes out: whoever may not read as far as it. */
  function expel(caseId: CaseId, folded: AudienceState, seq: number): void {
    for (const [person, until] of readers(folded)) if (until < seq) place(caseId, folded.audience, person, false)
  }

  function place(caseId: CaseId, audience: Audience, person: ParticipantId, inside: boolean): void {
    const room = audienceRoom(caseId, audience)
    for (const id of [...(io.sockets.adapter.rooms.get(personRoom(caseId, person)) ?? [])]) {
      const socket = io.sockets.sockets.get(id)
      if (!socket || socket.rooms.has(room) === inside) continue
      if (!inside) {
        void socket.leave(room)
        continue
      }
      void socket.join(room)
      socket.emit(WIRE.joined, audience)
    }
  }

  return { openRooms, moved, settle, expel }
}
