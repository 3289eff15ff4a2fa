// One socket per person and case: authenticated once, in the rooms of that person's audiences, commands checked one by one.
import type { Server } from 'socket.io'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase, Readers } from '#server/log/case-state.ts'
import type { Committed, Subscriber } from '#server/log/subscribers.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { type CloseReason, type PresenceNotice, WIRE } from '#shared/protocol/wire.ts'
import { type AdmissionDeps, admitConnections } from './admission.ts'
import { audienceRoom, personRoom } from './audience-room.ts'
import { caseMessages } from './case-messages.ts'
import type { Connection } from './connection.ts'
import { MAX_CONNECTIONS, makeConnectionLimits } from './connection-limits.ts'
import { makeEventFrames } from './event-frames.ts'
import { closeTransport, openTransport, type TransportDeps } from './open-transport.ts'
import { makePresence, type PresenceRules } from './presence.ts'
import { makeRoomAccess } from './room-access.ts'
import { sendToRoom } from './shared-frame.ts'

/** What a capability registers on each connection: its messages, and what is to be done when it ends. */
export type Lane = (connection: Connection) => void

export interface SocketDeps extends TransportDeps, AdmissionDeps {
  readonly log: CaseLog
  readonly readers: Readers
  /** Whether the clock alone may change who reads an audience: then each delivery is judged. */
  readonly timed: (state: AudienceState) => boolean
  readonly presenceRules: PresenceRules
  readonly lanes: () => readonly Lane[]
}

export interface SocketServer {
  readonly io: Server
  /** Passes on what is committed, to those in its audience. */
  readonly subscriber: Subscriber
  /** A time has come at which somebody may read an audience, or may no longer. */
  turned(caseId: CaseId): void
  /** Ends every connection of a person in a case; what they may do next is decided when they come back. */
  revoke(caseId: CaseId, person: ParticipantId, reason: CloseReason): void
  connectedCases(): readonly CaseId[]
  anybodyIn(caseId: CaseId): boolean
  /** Ends connections whose session has ended elsewhere: on another server, or because its secret was copied. */
  recheck(): Promise<void>
  close(): Promise<void>
}

export function makeSocketServer(deps: SocketDeps): SocketServer {
  const { http, log, readers, clock, timers } = deps
  const io = openTransport(deps)
  const measures = makeConnectionLimits(io, clock)
  const access = makeRoomAccess(io, readers)
  const admission = admitConnections(io, deps)
  const presence = makePresence({
    timers,
    tell(caseId, person, connected) {
      announce(caseId, person, connected)
      if (!connected) measures.forget(personRoom(caseId, person))
    },
  })
  const lanes = [caseMessages({ log, readers, clock, connectedFor })]

  io.on('connection', (socket) => {
    const connection = admission.connectionOf(socket)
    if (!connection) return
    const { caseId, id: me } = connection.actor
    socket.on('disconnect', () => {
      connection.forget()
      presence.gone(caseId, me)
    })
    // Somebody was revoked while this person was let in: it may have been them. Whoever cannot be asked about is not let in.
    if (admission.isStale(connection)) connection.recheck().catch(() => connection.end('signed-out'))
    measures.watch(personRoom(caseId, me), socket, () => connection.end('too-many'))
    connection.refuseTheRest()
    // In its rooms before anything can be fetched: what happens from here on arrives by itself.
    void socket.join([personRoom(caseId, me), ...access.openRooms(caseId, log.loaded(caseId), me)])
    endSurplus(caseId, me)
    for (const lane of [...lanes, ...deps.lanes()]) lane(connection)
    presence.arrived(caseId, me)
  })

  function endSurplus(caseId: CaseId, person: ParticipantId): void {
    const [oldest, ...others] = io.sockets.adapter.rooms.get(personRoom(caseId, person)) ?? []
    const socket = others.length >= MAX_CONNECTIONS && oldest !== undefined ? io.sockets.sockets.get(oldest) : undefined
    if (socket) admission.connectionOf(socket)?.end('too-many')
  }

  /** Whoever is about to come or go gets, or does not get, what was said until then: that goes out first. */
  function passOn(commits: readonly Committed[]): void {
    const [first] = commits
    if (!first) return
    const { caseId } = first
    const frames = makeEventFrames((audience, events) => sendToRoom(io, audienceRoom(caseId, audience), WIRE.event, events))
    try {
      for (const each of commits) passOnOne(each, caseId, frames)
    } finally {
      frames.flushAll() // what one audience fails at keeps nothing from the others
    }
  }

  function passOnOne({ wires, before, after }: Committed, caseId: CaseId, frames: ReturnType<typeof makeEventFrames>): void {
    for (const event of wires) {
      const folded = after.audiences.get(event.audience)
      if (folded && deps.timed(folded)) {
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

  function announce(caseId: CaseId, person: ParticipantId, connected: boolean): void {
    const state = log.loaded(caseId)
    const audiences = deps.presenceRules.presenceAudiences(state, person)
    if (audiences.length === 0) return
    for (const audience of audiences) settleTimed(caseId, state.audiences.get(audience))
    const notice: PresenceNotice = { participantId: person, connected }
    io.to(audiences.map((audience) => audienceRoom(caseId, audience))).emit(WIRE.presence, notice)
  }

  function settleTimed(caseId: CaseId, folded: AudienceState | undefined): void {
    if (folded && deps.timed(folded)) access.settle(caseId, folded)
  }

  function connectedFor(state: LoadedCase, viewer: Person): readonly ParticipantId[] {
    return presence.connected(viewer.caseId).filter((person) => deps.presenceRules.mayKnow(state, viewer.id, person))
  }

  return {
    io,
    subscriber: { name: 'sockets', committedTogether: passOn },
    turned(caseId) {
      for (const folded of log.loaded(caseId).audiences.values()) settleTimed(caseId, folded)
    },
    revoke(caseId, person, reason) {
      admission.revoked()
      const room = personRoom(caseId, person)
      io.to(room).emit(WIRE.closed, reason)
      io.in(room).disconnectSockets(true)
    },
    connectedCases: presence.cases,
    anybodyIn: presence.anybodyIn,
    async recheck() {
      for (const socket of [...io.sockets.sockets.values()]) {
        await admission.connectionOf(socket)?.recheck()
        // A thousand in a row would keep everybody waiting for a tenth of a second.
        await new Promise<void>((resolve) => deps.defer(resolve))
      }
    },
    async close() {
      io.emit(WIRE.closed, 'server-stopping' satisfies CloseReason)
      presence.close() // nobody is told that everybody has gone
      await closeTransport(io, { http, timers })
    },
  }
}
