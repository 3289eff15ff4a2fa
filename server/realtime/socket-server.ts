// One socket per person and case: authenticated once, in the rooms of that person's audiences, commands checked one by one.
import type { Server as HttpServer, IncomingMessage } from 'node:http'
import { Server, type Socket } from 'socket.io'
import { type ServerOptions as FrameReaderOptions, WebSocketServer } from 'ws'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase, Readers } from '#server/log/case-state.ts'
import type { Committed, Subscriber } from '#server/log/subscribers.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Clock, Timers } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import type { AudienceState } from '#shared/log/fold.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import {
  type CloseReason,
  commandEnvelope,
  handshakeAuth,
  PROTOCOL_VERSION,
  type PresenceNotice,
  type RealtimeReason,
  resumeRequest,
  tokenField,
  WIRE,
} from '#shared/protocol/wire.ts'
import { acknowledge, type ErrorLog } from './acknowledge.ts'
import { audienceRoom, personRoom } from './audience-room.ts'
import { coalesceWrites } from './coalesce-writes.ts'
import { JOINS, MAX_CONNECTIONS, makeConnectionLimits, openConnections, PAGES, RENEWALS } from './connection-limits.ts'
import { boundHandshakes } from './handshakes.ts'
import { makePresence, type PresenceRules } from './presence.ts'
import { resume } from './resume.ts'
import { makeRoomAccess } from './room-access.ts'
import { makeSocketSessions, type Session } from './socket-sessions.ts'
import { makeTokenBucket } from './token-bucket.ts'

/** Large enough for a pasted document in one draft frame, small enough that a flood of them does no harm. */
const MAX_FRAME_BYTES = 400_000

const FAREWELL = 1_000

/** What a capability with a lane of its own (the draft) is given of a connection. */
export interface Connection {
  readonly actor: Person
  readonly socket: Socket
}

export type Lane = (connection: Connection) => void

export interface SocketDeps {
  readonly http: HttpServer
  readonly log: CaseLog
  readonly readers: Readers
  /** Whether the clock alone may change who reads an audience: then each delivery is judged. */
  readonly timed: (state: AudienceState) => boolean
  readonly clock: Clock
  readonly timers: Timers
  readonly defer: (run: () => void) => void
  readonly errors: ErrorLog
  readonly presenceRules: PresenceRules
  readonly allowRequest: (request: IncomingMessage) => boolean
  /** The network a connection comes from. */
  readonly addressOf: (request: IncomingMessage) => string
  /** The person behind a token in this case; undefined for any that is not good for it. */
  readonly authenticate: (token: string, caseId: CaseId) => Promise<Session | undefined>
  readonly actorOf: (state: LoadedCase, caseId: CaseId, person: ParticipantId) => Person | undefined
  readonly lanes: () => readonly Lane[]
}

/** Reads one frame of each connection in a turn: thousands that arrive at once wait for those of everybody else. */
class FrameByFrame extends WebSocketServer {
  constructor(options: FrameReaderOptions) {
    super({ ...options, allowSynchronousEvents: false })
  }
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
  const { http, log, readers, clock, timers, errors, presenceRules } = deps
  const io = new Server(http, {
    transports: ['websocket'],
    serveClient: false,
    // the length of what is compressed can give away what is in it
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_FRAME_BYTES,
    wsEngine: FrameByFrame,
    pingInterval: 10_000,
    pingTimeout: 10_000,
    connectTimeout: 15_000,
    allowRequest: (request, decide) => decide(null, deps.allowRequest(request)),
  })
  coalesceWrites(io)
  boundHandshakes(io, { addressOf: deps.addressOf })
  const measures = makeConnectionLimits(io, clock)
  const access = makeRoomAccess(io, readers)
  const presence = makePresence({
    timers,
    tell(caseId, person, connected) {
      announce(caseId, person, connected)
      if (!connected) measures.forget(personRoom(caseId, person))
    },
  })
  const bucket = makeTokenBucket({ clock, burst: 60, perSecond: 20 })
  const joins = makeTokenBucket({ clock, ...JOINS })
  const pages = makeTokenBucket({ clock, ...PAGES })
  const renewals = makeTokenBucket({ clock, ...RENEWALS })
  const sessions = makeSocketSessions({ clock, timers, authenticate: deps.authenticate, end })
  const peopleOf = new WeakMap<Socket, Person>()

  /** Connections on which somebody was refused or is being looked at: one try each, so that guessing costs a new connection. */
  const tried = new WeakSet<object>()
  let revocations = 0
  const admittedAt = new WeakMap<Socket, number>()

  io.use((socket, next) => {
    const engine = socket.conn
    if (tried.has(engine)) return void engine.close()
    tried.add(engine)
    admit(socket).then(
      () => next(),
      (cause: unknown) => {
        const problem = cause instanceof AppError ? cause.problem : { kind: 'internal' as const, id: errors.unknown(cause) }
        next(Object.assign(new Error(problem.kind), { data: problem }))
        deps.defer(() => deps.defer(() => engine.close())) // the refusal itself is written on the next turn
      },
    )
  })

  async function admit(socket: Socket): Promise<void> {
    const { token, caseId, protocol } = safeParse(handshakeAuth, socket.handshake.auth)
    admittedAt.set(socket, revocations)
    if (protocol !== PROTOCOL_VERSION) throw new AppError({ kind: 'unsupported', reason: 'realtime/outdated-client' })
    const session = await deps.authenticate(token, caseId)
    if (!session) throw new AppError({ kind: 'unauthenticated' })
    const actor = deps.actorOf(await log.state(caseId), caseId, session.participantId)
    if (!actor) throw new AppError({ kind: 'not-found' })
    // Asked of a person who was recognised, so that nobody can use up somebody else's.
    take(joins, personRoom(caseId, actor.id), { reason: 'realtime/too-many-joins', seconds: Math.ceil(1 / JOINS.perSecond) })
    peopleOf.set(socket, actor)
    sessions.show(socket, token, session)
  }

  io.on('connection', (socket) => {
    const actor = peopleOf.get(socket)
    if (!actor) return
    const { caseId, id: me } = actor
    socket.on('disconnect', () => {
      sessions.forget(socket)
      presence.gone(caseId, me)
    })
    // Somebody was revoked while this person was let in: it may have been them. Whoever cannot be asked about is not let in.
    if (admittedAt.get(socket) !== revocations) sessions.recheck(socket, caseId).catch(() => end(socket, 'signed-out'))
    measures.watch(personRoom(caseId, me), socket, () => end(socket, 'too-many'))
    socket.onAny((name: string, ...args: unknown[]) => {
      if (socket.listenerCount(name) > 0) return
      void acknowledge(errors, args.at(-1), () => Promise.reject(new AppError({ kind: 'unsupported', reason: 'realtime/unknown-message' })))
    })
    // In its rooms before anything can be fetched: what happens from here on arrives by itself.
    const state = log.loaded(caseId)
    void socket.join([personRoom(caseId, me), ...access.openRooms(caseId, state, me)])
    const [oldest, ...connections] = io.sockets.adapter.rooms.get(personRoom(caseId, me)) ?? []
    const surplus = connections.length >= MAX_CONNECTIONS && oldest !== undefined ? io.sockets.sockets.get(oldest) : undefined
    if (surplus) end(surplus, 'too-many')
    socket.on(WIRE.command, (envelope: unknown, reply: unknown) => {
      void acknowledge(errors, reply, async () => {
        limit(me)
        const at = await log.command(actor, safeParse(commandEnvelope, envelope))
        const near = log.near(actor)
        return near ? { at, near } : { at }
      })
    })
    socket.on(WIRE.resume, (request: unknown, reply: unknown) => {
      void acknowledge(errors, reply, () => {
        limit(me)
        const parsed = safeParse(resumeRequest, request)
        const reading = () => take(pages, me, { seconds: 1 })
        return resume(log, {
          caseId,
          me,
          request: parsed,
          readers,
          reading,
          connected: (now) => connectedFor(now, actor),
          now: clock.now(),
        })
      })
    })
    socket.on(WIRE.renew, (token: unknown, reply: unknown) => {
      void acknowledge(errors, reply, async () => {
        take(renewals, me, { seconds: Math.ceil(1 / RENEWALS.perSecond) })
        const fresh = safeParse(tokenField, token)
        const session = await deps.authenticate(fresh, caseId)
        if (session?.participantId !== me) throw new AppError({ kind: 'unauthenticated' })
        sessions.show(socket, fresh, session)
        return {}
      })
    })
    for (const lane of deps.lanes()) lane({ actor, socket })
    presence.arrived(caseId, me)
  })

  function passOn({ caseId, wires, before, after }: Committed): void {
    for (const event of wires) {
      const folded = after.audiences.get(event.audience)
      if (folded && deps.timed(folded)) access.expel(caseId, folded, event.seq)
      io.to(audienceRoom(caseId, event.audience)).emit(WIRE.event, event)
    }
    for (const audience of new Set(wires.map((event) => event.audience))) {
      const was = before.audiences.get(audience)
      const is = after.audiences.get(audience)
      if (was?.slices === is?.slices || !is) continue
      access.moved(caseId, audience, { was, is })
    }
  }

  function limit(person: ParticipantId): void {
    take(bucket, person, { seconds: 1 })
  }

  function take(from: Pick<typeof bucket, 'take'>, key: string, { reason, seconds }: { reason?: RealtimeReason; seconds: number }): void {
    if (!from.take(key)) throw new AppError({ kind: 'too-many', ...(reason && { reason }), details: { seconds } })
  }

  function announce(caseId: CaseId, person: ParticipantId, connected: boolean): void {
    const state = log.loaded(caseId)
    const presenceAudiences = presenceRules.presenceAudiences(state, person)
    if (presenceAudiences.length === 0) return
    for (const audience of presenceAudiences) settleTimed(caseId, state.audiences.get(audience))
    const notice: PresenceNotice = { participantId: person, connected }
    io.to(presenceAudiences.map((audience) => audienceRoom(caseId, audience))).emit(WIRE.presence, notice)
  }

  function settleTimed(caseId: CaseId, folded: AudienceState | undefined): void {
    if (folded && deps.timed(folded)) access.settle(caseId, folded)
  }

  function connectedFor(state: LoadedCase, viewer: Person): readonly ParticipantId[] {
    return presence.connected(viewer.caseId).filter((person) => presenceRules.mayKnow(state, viewer.id, person))
  }

  function end(socket: Socket, reason: CloseReason): void {
    socket.emit(WIRE.closed, reason)
    socket.disconnect(true)
  }

  return {
    io,
    subscriber: { name: 'sockets', committed: passOn },
    turned(caseId) {
      for (const folded of log.loaded(caseId).audiences.values()) settleTimed(caseId, folded)
    },
    revoke(caseId, person, reason) {
      revocations++
      const room = personRoom(caseId, person)
      io.to(room).emit(WIRE.closed, reason)
      io.in(room).disconnectSockets(true)
    },
    connectedCases: () => presence.cases(),
    anybodyIn: (caseId) => presence.anybodyIn(caseId),
    async recheck() {
      for (const socket of [...io.sockets.sockets.values()]) {
        const caseId = peopleOf.get(socket)?.caseId
        if (caseId !== undefined) await sessions.recheck(socket, caseId)
        // A thousand in a row would keep everybody waiting for a tenth of a second.
        await new Promise<void>((resolve) => deps.defer(resolve))
      }
    },
    async close() {
      io.emit(WIRE.closed, 'server-stopping' satisfies CloseReason)
      presence.close() // nobody is told that everybody has gone
      // A browser's spare connection has asked for nothing yet. Node does not count it as idle and would wait for it for ever.
      const terminateRest = openConnections(io)
      const stopWaiting = timers.after(FAREWELL, () => {
        http.closeAllConnections()
        terminateRest()
      })
      await io.close()
      stopWaiting()
    },
  }
}
