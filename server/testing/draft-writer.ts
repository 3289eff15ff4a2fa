// A device in a document over its real socket: a Yjs document that writes, and hears what others write.

import type { Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { settlementOf } from '#shared/document/case-documents.ts'
import { type DocumentBlock, type Run, wordsOf } from '#shared/document/document-block.ts'
import { blockElement, blockElements, fragmentOf, readBlock, readBlocks, textOf } from '#shared/document/yjs-document.ts'
import { decodeServerFrame, encodeEdit } from '#shared/drafting/draft-frames.ts'
import { DRAFT_WIRE, type DraftJoinAck, type DraftJoined, type FrameAck } from '#shared/drafting/draft-wire.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import { asId, type CaseId, type DocumentId } from '#shared/kernel/ids.ts'
import { LOCALES } from '#shared/kernel/locale.ts'

interface DraftWriter {
  /** In the language that it is written in. */
  readonly fragment: Y.XmlFragment
  readonly joined: DraftJoined
  blocks(): readonly DocumentBlock[]
  /** The number of the last edit that this device knows of. */
  revision(): number
  /** Resolves with the number under which it is saved; throws when it is refused. Where the text is being opened again, it waits for that. */
  write(change: (fragment: Y.XmlFragment) => void): Promise<number>
  leave(): void
}

/** The settlement of the case that the socket was opened for, unless another document is named. */
export async function draftWriter(socket: Socket, documentId: DocumentId = settlementOf(caseOf(socket)).id): Promise<DraftWriter> {
  const doc = new Y.Doc()
  const waiting: string[] = []
  let ready = false
  let generation = 0
  let revision = 0
  let reopened = () => {}
  let open = Promise.resolve()
  const receive = (text: string) => {
    if (!ready) return void waiting.push(text)
    const decoded = decodeServerFrame(text)
    if (!decoded.ok) throw new Error('a frame that cannot be read')
    const { frame } = decoded
    if (frame.documentId !== documentId) return
    if (frame.kind === 'reopened') {
      if (frame.generation !== generation) revision = frame.revision
      generation = frame.generation
      reopened()
    }
    if (frame.kind !== 'updates') return
    revision = Math.max(revision, frame.revision)
    for (const update of frame.updates) Y.applyUpdate(doc, update, 'server')
  }
  socket.on(DRAFT_WIRE.frame, receive)
  const ask = { documentId, epoch: 0, haveRevision: 0, generation: 0, clientId: doc.clientID, storedIds: [] }
  const ack: DraftJoinAck = await socket.timeout(30_000).emitWithAck(DRAFT_WIRE.join, ask)
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
  const joined = ack.value
  if (joined.snapshot) Y.applyUpdateV2(doc, fromBase64(joined.snapshot), 'server')
  for (const update of joined.updates) Y.applyUpdate(doc, fromBase64(update), 'server')
  generation = joined.generation
  revision = joined.revision
  if (joined.closed)
    open = new Promise((resolve) => {
      reopened = resolve
    })
  ready = true
  for (const text of waiting) receive(text)
  const fragment = fragmentOf(doc, LOCALES.find((language) => fragmentOf(doc, language).length > 0) ?? 'ru')
  return {
    fragment,
    joined,
    blocks: () => readBlocks(fragment),
    revision: () => revision,
    async write(change) {
      await open
      const made: Uint8Array[] = []
      const keep = (update: Uint8Array, origin: unknown) => void (origin !== 'server' && made.push(update))
      doc.on('update', keep)
      doc.transact(() => change(fragment))
      doc.off('update', keep)
      const frame = encodeEdit({ documentId, kind: 'edit', generation, update: Y.mergeUpdates(made) })
      const saved: FrameAck = await socket.timeout(30_000).emitWithAck(DRAFT_WIRE.frame, frame)
      if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
      revision = Math.max(revision, saved.value)
      return saved.value
    },
    leave() {
      socket.off(DRAFT_WIRE.frame, receive)
      socket.emit(DRAFT_WIRE.leave, { documentId })
    },
  }
}

function caseOf({ auth }: Socket): CaseId {
  if (typeof auth === 'function') throw new Error('whose case a socket is for is not known')
  return asId<CaseId>(String(auth.caseId))
}

type Words = string | { readonly bold: string } | { readonly italic: string }

export function runsOf(...words: readonly Words[]): readonly Run[] {
  return words.map((each) => {
    if (typeof each === 'string') return { text: each, marks: [] }
    return 'bold' in each ? { text: each.bold, marks: ['bold'] } : { text: each.italic, marks: ['italic'] }
  })
}

/** Where the first block stands of which this is true; the end when there is none. */
export function placeOf(fragment: Y.XmlFragment, is: (block: DocumentBlock) => boolean): number {
  const at = readBlocks(fragment).findIndex(is)
  return at < 0 ? fragment.length : at
}

export function insertBlocks(fragment: Y.XmlFragment, at: number, ...blocks: readonly DocumentBlock[]): void {
  fragment.insert(at, blocks.map(blockElement))
}

/** Puts words into every block without any, so that the text can be closed. */
export function fillEmpty(fragment: Y.XmlFragment, words: string): void {
  for (const element of blockElements(fragment)) if (wordsOf(readBlock(element)) === '') textOf(element)?.insert(0, words)
}
