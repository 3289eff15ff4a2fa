// The documents' lane on a socket: names of messages and their acknowledgement, nothing else.
import type { Socket } from 'socket.io'
import { acknowledge, type ErrorLog } from '#server/realtime/acknowledge.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { WIRE } from '#shared/protocol/wire.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { Drafting } from './drafting-service.ts'

export interface DraftSocketDeps {
  readonly drafting: Pick<Drafting, 'attach'>
  readonly errors: ErrorLog
  /** As the case stands at this moment. */
  readonly mayRead: (actor: Person, document: CaseDocument) => boolean
  readonly mayWrite: (actor: Person, document: CaseDocument) => boolean
  /** Of the settlement. */
  readonly mayRestore: (actor: Person) => boolean
}

export function draftSocketLane({ drafting, errors, mayRead, mayWrite, mayRestore }: DraftSocketDeps) {
  const sockets = new WeakMap<DraftConnection, Socket>()
  return ({ actor, socket }: { readonly actor: Person; readonly socket: Socket }): void => {
    const connection: DraftConnection = {
      actor,
      mayRead: (document) => mayRead(actor, document),
      mayWrite: (document) => mayWrite(actor, document),
      mayRestore: () => mayRestore(actor),
      send: (name, payload) => void socket.emit(name, payload),
      sendToAll: (devices, name, payload) => {
        const ids = devices.flatMap((device) => sockets.get(device)?.id ?? [])
        socket.nsp.to(ids).emit(name, payload)
      },
      sendDroppable: (name, payload) => void socket.volatile.emit(name, payload),
    }
    sockets.set(connection, socket)
    const sessions = drafting.attach(connection)
    socket.on(WIRE.draftJoin, (request: unknown, reply: unknown) => void acknowledge(errors, reply, () => sessions.join(request)))
    socket.on(WIRE.draftFrame, (text: unknown, reply: unknown) => void acknowledge(errors, reply, () => sessions.frame(text)))
    socket.on(WIRE.draftStates, (request: unknown, reply: unknown) => void acknowledge(errors, reply, () => sessions.states(request)))
    socket.on(WIRE.draftState, (request: unknown, reply: unknown) => void acknowledge(errors, reply, () => sessions.state(request)))
    socket.on(WIRE.draftCaret, (payload: unknown) => sessions.caret(payload))
    socket.on(WIRE.draftLeave, (request: unknown) => sessions.leave(request))
    socket.on('disconnect', () => sessions.end())
  }
}
