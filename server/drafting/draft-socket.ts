// The documents' lane on a connection: names of messages and their acknowledgement, nothing else.

import * as z from 'zod/mini'
import type { Connection } from '#server/realtime/connection.ts'
import { sendToSockets } from '#server/realtime/shared-frame.ts'
import type { Lane } from '#server/realtime/socket-server.ts'
import type { CaseDocument } from '#shared/document/case-documents.ts'
import { DRAFT_WIRE } from '#shared/drafting/draft-wire.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { DraftConnection } from './draft-connection.ts'
import type { Drafting } from './drafting-service.ts'

export interface DraftSocketDeps {
  readonly drafting: Pick<Drafting, 'attach'>
  /** As the case stands at this moment. */
  readonly mayRead: (actor: Person, document: CaseDocument) => boolean
  readonly mayWrite: (actor: Person, document: CaseDocument) => boolean
  /** Of the settlement. */
  readonly mayRestore: (actor: Person) => boolean
  /** The number of the settlement that this person has said "ready" of. */
  readonly readyOf: (actor: Person) => number | undefined
}

/** Read by the session itself, after its measure was taken. */
const unread = z.unknown()

export function draftSocketLane({ drafting, mayRead, mayWrite, mayRestore, readyOf }: DraftSocketDeps): Lane {
  const connections = new WeakMap<DraftConnection, Connection>()
  return (line) => {
    const { actor, socket } = line
    const connection: DraftConnection = {
      actor,
      mayRead: (document) => mayRead(actor, document),
      mayWrite: (document) => mayWrite(actor, document),
      mayRestore: () => mayRestore(actor),
      readyOf: () => readyOf(actor),
      send: (name, payload) => void socket.emit(name, payload),
      sendToAll: (devices, name, payload) => {
        sendToSockets(
          devices.flatMap((device) => connections.get(device)?.socket ?? []),
          name,
          payload,
        )
      },
      sendDroppable: (name, payload) => void socket.volatile.emit(name, payload),
    }
    connections.set(connection, line)
    const sessions = drafting.attach(connection)
    line.handle({ name: DRAFT_WIRE.join, input: unread, run: sessions.join })
    line.handle({ name: DRAFT_WIRE.frame, input: unread, run: sessions.frame })
    line.handle({ name: DRAFT_WIRE.states, input: unread, run: sessions.states })
    line.handle({ name: DRAFT_WIRE.state, input: unread, run: sessions.state })
    line.handle({ name: DRAFT_WIRE.writers, input: unread, run: sessions.writers })
    line.hear(DRAFT_WIRE.caret, sessions.caret)
    line.hear(DRAFT_WIRE.leave, sessions.leave)
    socket.on('disconnect', () => sessions.end())
  }
}
