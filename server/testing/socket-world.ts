// A case behind real sockets on a port of the system's choice; the token is the participant's id, everything else is the real thing.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { actorOf } from '#server/cases/actor-of.ts'
import { addressOf } from '#server/http/address.ts'
import type { CaseLog } from '#server/log/case-log.ts'
import type { Subscribers } from '#server/log/subscribers.ts'
import { type Lane, makeSocketServer, type SocketDeps, type SocketServer } from '#server/realtime/socket-server.ts'
import { presenceRules } from '#server/rooms/presence-rules.ts'
import { asId, type CaseId, ID_PATTERN, type ParticipantId } from '#shared/kernel/ids.ts'
import type { CommandDefinition, WireName } from '#shared/protocol/define.ts'
import { type Ack, type CommandAck, PROTOCOL_VERSION, type ResumeAnswer, type Seen, WIRE } from '#shared/protocol/wire.ts'
import { isTimed, readersBy } from '#shared/rooms/room-state.ts'
import { newCommandId, serverOver, subscribed, type WorldOptions } from './case-world.ts'
import { setClock } from './clock.ts'
import { type MovingTimers, movingTimers } from './moving-timers.ts'

export interface SocketWorld {
  readonly log: CaseLog
  readonly server: SocketServer
  readonly subscribers: Subscribers
  readonly timers: MovingTimers
  readonly url: string
  connect(caseId: CaseId, token: string): Socket
  close(): Promise<void>
}

interface SocketOptions extends WorldOptions {
  /** Instead of believing the token to be the participant's id. */
  readonly authenticate?: SocketDeps['authenticate']
  readonly lanes?: readonly Lane[]
}

export async function socketWorld({ clock = setClock(), authenticate, lanes = [], ...options }: SocketOptions): Promise<SocketWorld> {
  const http = createServer()
  const timers = movingTimers()
  const { subscribers = subscribed() } = options
  const log = serverOver({ ...options, clock, subscribers })
  const server = makeSocketServer({
    http,
    log,
    readers: readersBy(clock),
    timed: isTimed,
    clock,
    timers,
    defer: (run) => void setImmediate(run),
    errors: {
      unknown: (cause) => {
        console.error(cause)
        return 'error'
      },
    },
    presenceRules: presenceRules(clock),
    allowRequest: () => true,
    addressOf: addressOf(1),
    authenticate:
      authenticate ??
      (async (token) =>
        ID_PATTERN.test(token)
          ? { participantId: asId<ParticipantId>(token), sessionId: token, expiresAt: clock.now() + 3_600_000 }
          : undefined),
    demandOwnCode: async () => undefined,
    actorOf,
    lanes: () => lanes,
  })
  subscribers.add(server.subscriber)
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo // listening on TCP
  const url = `http://127.0.0.1:${port}`
  const sockets: Socket[] = []
  return {
    log,
    server,
    subscribers,
    timers,
    url,
    connect(caseId, token) {
      const socket = io(url, { transports: ['websocket'], reconnection: false, auth: { token, caseId, protocol: PROTOCOL_VERSION } })
      sockets.push(socket)
      return socket
    },
    async close() {
      for (const socket of sockets) socket.disconnect()
      await server.close()
    },
  }
}

export function connected(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('connect', resolve)
    socket.once('connect_error', reject)
  })
}

export async function say<Input>(
  socket: Socket,
  command: CommandDefinition<WireName, Input>,
  input: Input,
  more: { id?: string; seen?: Seen } = {},
): Promise<CommandAck> {
  return socket
    .timeout(30_000)
    .emitWithAck(WIRE.command, { id: more.id ?? newCommandId(), name: command.name, input, ...(more.seen ? { seen: more.seen } : {}) })
}

export async function resumeAll(socket: Socket, heads: readonly unknown[] = []): Promise<ResumeAnswer> {
  const ack: Ack<ResumeAnswer> = await socket.timeout(30_000).emitWithAck(WIRE.resume, { heads })
  if (!ack.ok) throw new Error(ack.problem.kind)
  return ack.value
}
