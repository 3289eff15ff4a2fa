// One socket per person and case: authenticated once, in the rooms of that person's audiences, commands checked one by one.
import type { Server } from 'socket.io'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Readers } from '#server/log/case-state.ts'
import type { Subscriber } from '#server/log/subscribers.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { type CloseReason, WIRE } from '#shared/protocol/wire.ts'
import { type AdmissionDeps, admitConnections } from './admission.ts'
import { personRoom } from './audience-room.ts'
import { caseMessages } from './case-messages.ts'
import type { Connection } from './connection.ts'
import { MAX_CONNECTIONS, makeConnectionLimits } from './connection-limits.ts'
import { closeTransport, openTransport, type TransportDeps } from './open-transport.ts'
import { makePassOn } from './pass-on.ts'
import { announcePresence, type PresenceRules } from './presence-notices.ts'
import { makeRoomAccess } from './room-access.ts'

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
  /** Ends at once those connections of a person whose session has ended; their other devices notice nothing. */
  revoke(caseId: CaseId, person: ParticipantId): void
  connectedCases(): readonly CaseId[]
  anybodyIn(caseId: CaseId): boolean
  /** Ends connections whose session has ended elsewhere: on another server, or because its secret was copied. */
  recheck(): Promise<void>
  close(): Promise<void>
}

export function makeSocketServer(deps: SocketDeps): SocketServer {
  const { http, log, readers, clock, timers, presenceRules: rules } = deps
  const io = openTransport(deps)
  const measures = makeConnectionLimits(io, clock)
  const access = makeRoomAccess(io, deps)
  const admission = admitConnections(io, deps)
  const onGone = (caseId: CaseId, person: ParticipantId) => measures.forget(personRoom(caseId, person))
  const presence = announcePresence(io, { log, access, timers, rules, onGone })
  const lanes = [caseMessages({ log, readers, clock, connectedFor: presence.connectedFor })]

  io.on('connection', (socket) => {
    const connection = admission.connectionOf(socket)
    if (!connection) return
    const { caseId, id: me } = connection.actor
    socket.on('disconnect', () => {
      connection.forget()
      presence.gone(caseId, me)
    })
    // Somebody was revoked while this person was let in: it may have been them. Whoever cannot be asked about is not let in.
    if (admission.isStale(connection)) recheckNow(connection)
    measures.watch(personRoom(caseId, me), socket, () => connection.end('too-many'))
    connection.refuseTheRest()
    // In its rooms before anything can be fetched: what happens from here on arrives by itself.
    void socket.join([personRoom(caseId, me), ...access.openRooms(caseId, log.loaded(caseId), me)])
    endSurplus(caseId, me)
    for (const lane of [...lanes, ...deps.lanes()]) lane(connection)
    presence.arrived(caseId, me)
  })

  function recheckNow(connection: Connection): void {
    connection.recheck().catch(() => connection.end('signed-out'))
  }

  function endSurplus(caseId: CaseId, person: ParticipantId): void {
    const [oldest, ...others] = io.sockets.adapter.rooms.get(personRoom(caseId, person)) ?? []
    const socket = others.length >= MAX_CONNECTIONS && oldest !== undefined ? io.sockets.sockets.get(oldest) : undefined
    if (socket) admission.connectionOf(socket)?.end('too-many')
  }

  return {
    io,
    subscriber: { name: 'sockets', committedTogether: makePassOn(io, access) },
    turned(caseId) {
      for (const folded of log.loaded(caseId).audiences.values()) access.settle(caseId, folded)
    },
    revoke(caseId, person) {
      admission.revoked()
      for (const id of io.sockets.adapter.rooms.get(personRoom(caseId, person)) ?? []) {
        const socket = io.sockets.sockets.get(id)
        const connection = socket && admission.connectionOf(socket)
        if (connection) recheckNow(connection)
      }
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
