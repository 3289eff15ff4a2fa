// Our draft's lane as a device uses it: an edit goes out at once and is joined with the next only while one is under way.

import * as Y from 'yjs'
import { settlementOf } from '#shared/document/case-documents.ts'
import { decodeServerFrame, encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoinAck, type FrameAck } from '#shared/drafting/draft-wire.ts'
import { asId, type CaseId } from '#shared/kernel/ids.ts'
import { PROTOCOL_VERSION } from '#shared/protocol/wire.ts'
import { LightSocket } from '../lib/light-socket.ts'
import type { Adapter } from './adapter.ts'

const MAX_MERGE = 500

export const adapter: Adapter = {
  Y,
  async open({ url, session, clientId }) {
    const socket = await LightSocket.open({ url, auth: { token: session.token, caseId: session.caseId, protocol: PROTOCOL_VERSION } })
    const documentId = settlementOf(asId<CaseId>(session.caseId)).id
    const ydoc = new Y.Doc()
    let early: string[] | undefined = []
    const apply = (json: string) => {
      const decoded = decodeServerFrame(json.slice(FRAME.length, -2))
      if (!decoded.ok || decoded.frame.kind !== 'updates') return
      const { updates } = decoded.frame
      ydoc.transact(() => {
        for (const update of updates) Y.applyUpdate(ydoc, update, socket)
      }, socket)
    }
    socket.onEvent = (json) => {
      if (!json.startsWith(FRAME)) return
      if (early) early.push(json)
      else apply(json)
    }
    const joined = await socket.ask<DraftJoinAck>(DRAFT_WIRE.join, {
      documentId,
      epoch: 0,
      haveRevision: 0,
      generation: 0,
      clientId: clientId ?? ydoc.clientID,
      storedIds: [],
    })
    if (!joined.ok) throw new Error(JSON.stringify(joined.problem))
    const { generation, snapshot, updates } = joined.value
    ydoc.transact(() => {
      if (snapshot) Y.applyUpdateV2(ydoc, Buffer.from(snapshot, 'base64'), socket)
      for (const update of updates) Y.applyUpdate(ydoc, Buffer.from(update, 'base64'), socket)
    }, socket)
    for (const json of early) apply(json)
    early = undefined

    let pending: Uint8Array[] = []
    let sending = false
    const send = () => {
      const [only] = pending
      if (sending || !only) return
      const taken = pending.slice(0, MAX_MERGE)
      pending = pending.slice(taken.length)
      sending = true
      const update = taken.length === 1 ? only : Y.mergeUpdates(taken)
      socket.emit(DRAFT_WIRE.frame, encodeEdit({ documentId, kind: 'edit', generation, update }), (json) => {
        const [ack] = JSON.parse(json) as [FrameAck]
        sending = false
        if (ack.ok) return send()
        if (ack.problem.kind !== 'unavailable') throw new Error(`an edit was refused: ${json}`)
        // The workers have more waiting than they take: a device keeps it and tries again, so do we.
        pending = [...taken, ...pending]
        setTimeout(send, AGAIN_MS)
      })
    }
    ydoc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === socket) return
      pending.push(update)
      send()
    })
    return {
      ydoc,
      saved: () => !sending && pending.length === 0,
      backlog: () => pending.length * 30,
      close: () => socket.drop(),
    }
  },
}

const AGAIN_MS = 250

const FRAME = `["${DRAFT_WIRE.frame}","`
