// What is committed goes out to those in its audience. Whoever is about to come or go gets, or does not get, what was said until then: that
// goes out first.
import type { Server } from 'socket.io'
import type { Committed } from '#server/log/subscribers.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import { audienceRoom } from './audience-room.ts'
import { type EventFrames, makeEventFrames } from './event-frames.ts'
import type { RoomAccess } from './room-access.ts'
import { sendToRoom } from './shared-frame.ts'

/** `commits`: of one case, durable together. */
export function makePassOn(io: Server, access: RoomAccess): (commits: readonly Committed[]) => void {
  function passOnOne(caseId: CaseId, { wires, before, after }: Committed, frames: EventFrames): void {
    for (const event of wires) {
      const folded = after.audiences.get(event.audience)
      if (folded && access.isTimed(folded)) {
        frames.flush(event.audience)
        access.expel(caseId, folded, event.seq)
      }
      frames.add(event)
    }
    for (const audience of new Set(wires.map((event) => event.audience))) {
      const was = before.audiences.get(audience)
      const is = after.audiences.get(audience)
      const moves = was?.slices === is?.slices || !is ? [] : access.moves({ was, is })
      if (moves.length === 0) continue
      frames.flush(audience)
      access.move(caseId, audience, moves)
    }
  }

  return (commits) => {
    const [first] = commits
    if (!first) return
    const { caseId } = first
    const frames = makeEventFrames((audience, events) => sendToRoom(io, audienceRoom(caseId, audience), WIRE.event, events))
    try {
      for (const each of commits) passOnOne(caseId, each, frames)
    } finally {
      frames.flushAll() // what one audience fails at keeps nothing from the others
    }
  }
}
