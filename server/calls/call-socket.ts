// The calls' lane on a connection: names of messages and their acknowledgement, nothing else. What signals say is written into no log.
import type { Connection } from '#server/realtime/connection.ts'
import { sendToSockets } from '#server/realtime/shared-frame.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import {
  CALL_WIRE,
  type CallLook,
  callJoinRequest,
  callLeaveRequest,
  callLookRequest,
  callRelayRequest,
  callSignalRequest,
  callStatusRequest,
} from '#shared/calls/call-wire.ts'
import type { CallConnection } from './call-connection.ts'
import type { CallLimits } from './call-limits.ts'
import type { LiveCalls } from './live-calls.ts'

interface Deps {
  readonly calls: LiveCalls
  readonly limits: CallLimits
  readonly ways: Pick<CallLook, 'joint' | 'apart'>
}

/** Somebody has put an end to it, here or there; whatever else a connection dies of may be a matter of the network. */
const ENDED: readonly string[] = ['server namespace disconnect', 'client namespace disconnect']

export function callSocketLane({ calls, limits, ways }: Deps): Lane {
  const connections = new WeakMap<CallConnection, Connection>()
  return (line) => {
    const { actor, socket } = line
    const { caseId, id: me } = actor
    const connection: CallConnection = {
      person: me,
      send: (name, payload) => void socket.emit(name, payload),
      sendToAll: (devices, name, payload) => {
        const sockets = devices.flatMap((device) => connections.get(device)?.socket ?? [])
        sendToSockets(sockets, name, payload)
      },
    }
    connections.set(connection, line)
    const mine = calls.attach(caseId, connection)
    const admit = (what: Parameters<CallLimits['demand']>[0]) => () => limits.demand(what, me)
    line.handle({
      name: CALL_WIRE.look,
      input: callLookRequest,
      admit: admit('look'),
      run: async (): Promise<CallLook> => ({ ...ways, ...mine.look(connection) }),
    })
    line.handle({
      name: CALL_WIRE.join,
      input: callJoinRequest,
      admit: admit('join'),
      run: async (request) => mine.join(connection, request),
    })
    line.handle({
      name: CALL_WIRE.leave,
      input: callLeaveRequest,
      async run() {
        mine.leave(connection)
        return {}
      },
    })
    line.handle({
      name: CALL_WIRE.signal,
      input: callSignalRequest,
      admit: admit('signal'),
      async run({ to, data }) {
        limits.demandSignal(me, data)
        await mine.signal(connection, to, data)
        return {}
      },
    })
    line.handle({
      name: CALL_WIRE.status,
      input: callStatusRequest,
      admit: admit('status'),
      async run(status) {
        mine.status(connection, status)
        return {}
      },
    })
    line.handle({ name: CALL_WIRE.relay, input: callRelayRequest, admit: admit('relay'), run: async () => mine.relay(connection) })
    socket.on('disconnect', (reason) => calls.detach(caseId, connection, ENDED.includes(reason) ? 'ended' : 'broken'))
  }
}
