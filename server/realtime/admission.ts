// Who is let in: by their token, into their case, one try on each connection, so that guessing costs a new connection.
import type { Server, Socket } from 'socket.io'
import type { CaseLog } from '#server/log/case-log.ts'
import type { LoadedCase } from '#server/log/case-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { AppError } from '#shared/kernel/errors.ts'
import type { CaseId, ParticipantId } from '#shared/kernel/ids.ts'
import { safeParse } from '#shared/protocol/parse.ts'
import { handshakeAuth, PROTOCOL_VERSION } from '#shared/protocol/wire.ts'
import { problemOf } from './acknowledge.ts'
import { personRoom } from './audience-room.ts'
import { Connection, type ConnectionDeps } from './connection.ts'
import { JOINS } from './connection-limits.ts'
import { demand, makeTokenBucket } from './token-bucket.ts'

type ActorOf = (state: LoadedCase, caseId: CaseId, person: ParticipantId) => Person | undefined

export interface AdmissionDeps extends ConnectionDeps {
  readonly log: Pick<CaseLog, 'state'>
  readonly defer: (run: () => void) => void
  readonly actorOf: ActorOf
}

interface Admitted {
  readonly connection: Connection
  /** How many had been revoked when this one was looked at. */
  readonly revocations: number
}

export interface Admission {
  /** Of a socket that was let in. */
  connectionOf(socket: Socket): Connection | undefined
  /** Somebody was revoked: who is being let in at this moment is looked at once more. */
  revoked(): void
  isStale(connection: Connection): boolean
}

export function admitConnections(io: Server, deps: AdmissionDeps): Admission {
  const joins = makeTokenBucket({ clock: deps.clock, ...JOINS })
  const admitted = new WeakMap<Socket, Admitted>()
  const tried = new WeakSet<object>()
  let revocations = 0

  async function admit(socket: Socket): Promise<void> {
    const { token, caseId, protocol } = safeParse(handshakeAuth, socket.handshake.auth)
    const before = revocations
    if (protocol !== PROTOCOL_VERSION) throw new AppError({ kind: 'unsupported', reason: 'realtime/outdated-client' })
    const session = await deps.authenticate(token, caseId)
    if (!session) throw new AppError({ kind: 'unauthenticated' })
    const actor = deps.actorOf(await deps.log.state(caseId), caseId, session.participantId)
    if (!actor) throw new AppError({ kind: 'not-found' })
    // Asked of a person who was recognised, so that nobody can use up somebody else's.
    demand(joins, personRoom(caseId, actor.id), { reason: 'realtime/too-many-joins', seconds: Math.ceil(1 / JOINS.perSecond) })
    const connection = new Connection(socket, actor, deps)
    connection.show(token, session)
    admitted.set(socket, { connection, revocations: before })
  }

  io.use((socket, next) => {
    const engine = socket.conn
    if (tried.has(engine)) return void engine.close()
    tried.add(engine)
    admit(socket).then(
      () => next(),
      (cause: unknown) => {
        const problem = problemOf(deps.errors, cause)
        next(Object.assign(new Error(problem.kind), { data: problem }))
        deps.defer(() => deps.defer(() => engine.close())) // the refusal itself is written on the next turn
      },
    )
  })

  return {
    connectionOf: (socket) => admitted.get(socket)?.connection,
    revoked: () => void revocations++,
    isStale: ({ socket }) => admitted.get(socket)?.revocations !== revocations,
  }
}
