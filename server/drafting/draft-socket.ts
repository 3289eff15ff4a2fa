// The draft's lane on a socket: names of messages and their acknowledgement, nothing else.
import type { Socket } from 'socket.io'
import { acknowledge, type ErrorLog } from '#server/realtime/acknowledge.ts'
import { newestOnly } from '#server/realtime/newest-only.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { Timers } from '#shared/kernel/clock.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { Drafting } from './drafting-service.ts'

export interface DraftSocketDeps {
  readonly drafting: Pick<Drafting, 'attach'>
  readonly errors: ErrorLog
  readonly timers: Timers
  /** As the case stands at this moment: in the joint session; and there while the session is open. */
  readonly mayRead: (actor: Person) => boolean
  readonly mayWrite: (actor: Person) => boolean
}

/** A caret of one device is told to others at most so often; what came between is not missed. */
export const CARET_EVERY_MS = 100

export function draftSocketLane({ drafting, errors, timers, mayRead, mayWrite }: DraftSocketDeps) {
  const sockets = new WeakMap<DraftConnection, Socket>()
  return ({ actor, socket }: { readonly actor: Person; readonly socket: Socket }): void => {
    const connection: DraftConnection = {
      actor,
      mayRead: () => mayRead(actor),
      mayWrite: () => mayWrite(actor),
      send: (name, payload) => void socket.emit(name, payload),
      sendToAll: (devices, name, payload) => {
        const ids = devices.flatMap((device) => sockets.get(device)?.id ?? [])
        socket.nsp.to(ids).emit(name, payload)
      },
      sendDroppable: (name, payload) => void socket.volatile.emit(name, payload),
    }
    sockets.set(connection, socket)
    const desk = drafting.attach(connection)
    socket.on(WIRE.draftJoin, (request: unknown, reply: unknown) => void acknowledge(errors, reply, () => desk.join(request)))
    socket.on(WIRE.draftFrame, (text: unknown, reply: unknown) => void acknowledge(errors, reply, () => desk.frame(text)))
    const carets = newestOnly<unknown>(timers, CARET_EVERY_MS, (payload) => desk.caret(payload))
    socket.on(WIRE.draftCaret, (payload: unknown) => carets.give(payload))
    const leave = () => {
      carets.stop()
      desk.leave()
    }
    socket.on(WIRE.draftLeave, leave)
    socket.on('disconnect', leave)
  }
}
