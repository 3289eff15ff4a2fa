// What a party's connection carries, byte for byte, while the mediator writes a note and while not.

import type { Socket } from 'socket.io-client'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { openSession, supplyCase } from '#server/testing/case-world.ts'
import { connected, resumeAll, socketWorld } from '#server/testing/socket-world.ts'
import { noteOf, settlementOf } from '#shared/document/case-documents.ts'
import { block } from '#shared/document/document-block.ts'
import { appendBlocks, fragmentOf } from '#shared/document/yjs-document.ts'
import { encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoined } from '#shared/drafting/draft-wire.ts'
import { canEditDocument, canReadDocument, canReadStates } from '#shared/drafting/drafting-policy.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import type { DocumentId } from '#shared/kernel/ids.ts'
import type { Ack } from '#shared/protocol/wire.ts'
import { draftSocketLane } from './draft-socket.ts'
import { memoryStorage, testServer } from './testing/drafting-server.ts'

function recordFrames(socket: Socket): string[] {
  const frames: string[] = []
  socket.io.on('open', () => {
    socket.io.engine.on('packet', (packet: { type: string; data?: unknown }) => {
      // The first application frame carries the connection's own random id.
      if (packet.type === 'message' && !String(packet.data).startsWith('0{')) frames.push(String(packet.data))
    })
  })
  return frames
}

async function asked<T>(socket: Socket, name: string, payload: unknown): Promise<T> {
  const ack: Ack<T> = await socket.timeout(10_000).emitWithAck(name, payload)
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
  return ack.value
}

/** A document on a device whose Yjs id is always the same, as every byte has to be. */
async function open(socket: Socket, documentId: DocumentId, clientId: number) {
  const doc = new Y.Doc()
  doc.clientID = clientId
  const request = { documentId, epoch: 0, haveRevision: 0, generation: 0, clientId, storedIds: [] }
  const { updates, generation } = await asked<DraftJoined>(socket, DRAFT_WIRE.join, request)
  for (const update of updates) Y.applyUpdate(doc, fromBase64(update))
  let words = 0
  return {
    async write(text: string): Promise<number> {
      const before = Y.encodeStateVector(doc)
      appendBlocks(fragmentOf(doc, 'ru'), [block(`w${clientId}-${words++}`, 'paragraph', 0, text)])
      const update = Y.encodeStateAsUpdate(doc, before)
      return asked<number>(socket, DRAFT_WIRE.frame, encodeEdit({ documentId, kind: 'edit', generation, update }))
    },
    point: () => void socket.emit(DRAFT_WIRE.caret, { documentId, anchor: 'AAAA', head: 'AAAA' }),
    leave: () => void socket.emit(DRAFT_WIRE.leave, { documentId }),
  }
}

async function hour(withNote: boolean): Promise<readonly string[]> {
  const storage = memoryStorage()
  const drafting = testServer(storage.drafts, storage.files)
  const situation = { phase: 'mediating', session: { since: 0 }, inAll: true, draft: 'open', locked: false } as const
  const lane = draftSocketLane({
    drafting,
    mayRead: (actor, document) => canReadDocument(document, actor, situation),
    mayWrite: (actor, document) => canEditDocument(document, actor, situation),
    mayRestore: (actor) => canReadStates(actor, situation),
    readyOf: () => undefined,
  })
  const world = await socketWorld({ storage, seed: 'hour', lanes: [lane] })
  const scene = supplyCase()
  const { caseId, mediator, people } = scene
  const [party] = people
  await openSession(world.log, scene)
  const guide = world.connect(caseId, mediator.id)
  await connected(guide)
  const line = world.connect(caseId, party.id)
  const frames = recordFrames(line)
  await connected(line)
  await resumeAll(line)
  const { id } = settlementOf(caseId)
  const own = await open(line, id, 1_001)
  const common = await open(guide, id, 1_002)
  await common.write('Начнём с суммы.')
  if (withNote) {
    const note = await open(guide, noteOf(mediator.id).id, 1_003)
    for (let i = 0; i < 20; i++) {
      await note.write(`Не верю названной сумме, ${i}.`)
      note.point()
    }
    const elsewhere = world.connect(caseId, mediator.id) // a second device of the same mediator
    await connected(elsewhere)
    await (await open(elsewhere, noteOf(mediator.id).id, 1_004)).write('Спросить отдельно.')
    elsewhere.disconnect()
    note.leave()
  } else {
    const elsewhere = world.connect(caseId, mediator.id)
    await connected(elsewhere)
    elsewhere.disconnect()
  }
  await own.write('Согласны на рассрочку.')
  await common.write('Записал.')
  common.point()
  await resumeAll(line)
  await expect.poll(() => frames.some((frame) => frame.includes('AAAA'))).toBe(true)
  await world.close()
  await drafting.close()
  await storage.close()
  return frames
}

describe('a note on the wire', () => {
  it('[DRA-142] leaves what a party receives byte for byte the same', async () => {
    const quiet = await hour(false)
    const withNote = await hour(true)
    expect(quiet.length).toBeGreaterThan(5)
    expect(withNote).toEqual(quiet)
  })
})
