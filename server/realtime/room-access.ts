// Sockets in the rooms of the audiences that their people read at this moment, and in no other.
import type { Server } from 'socket.io'
import { isOpenTo, type LoadedCase, type Readers, readsNow } from '#server/log/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { audienceRoom, personRoom } from './audience-room.ts'

const NOBODY: ReadonlyMap<ParticipantId, number> = new Map()

interface Move {
  readonly person: ParticipantId
  readonly inside: boolean
}

interface AccessRules {
  readonly readers: Readers
  /** Whether the clock alone may change who reads an audience: then each delivery is judged. */
  readonly timed: (state: AudienceState) => boolean
}

export type RoomAccess = ReturnType<typeof makeRoomAccess>

export function makeRoomAccess(io: Server, { readers, timed }: AccessRules) {
  /** The rooms that this person's new connection belongs in. */
  function openRooms(caseId: CaseId, state: LoadedCase, person: ParticipantId): readonly string[] {
    return [...state.audiences].flatMap(([audience, folded]) => (readsNow(readers, folded, person) ? [audienceRoom(caseId, audience)] : []))
  }

  /** Who has come into an audience, and who has left it. */
  function moves({ was, is }: { was: AudienceState | undefined; is: AudienceState }): readonly Move[] {
    const [before, after] = [was ? readers(was) : NOBODY, readers(is)]
    if (before === after) return []
    return [...after].flatMap(([person, until]) => {
      const inside = isOpenTo(until)
      return isOpenTo(before.get(person)) === inside ? [] : [{ person, inside }]
    })
  }

  /** After the events themselves were sent: whoever left has heard of it, whoever came asks for what came before. */
  function move(caseId: CaseId, audience: Audience, people: readonly Move[]): void {
    for (const { person, inside } of people) place(caseId, audience, person, inside)
  }

  /** Where the clock alone may have changed something: everybody, wherever their socket stood. */
  function settle(caseId: CaseId, folded: AudienceState | undefined): void {
    if (!folded || !timed(folded)) return
    for (const [person, until] of readers(folded)) place(caseId, folded.audience, person, isOpenTo(until))
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

  return { isTimed: timed, openRooms, moves, move, settle, expel }
}
