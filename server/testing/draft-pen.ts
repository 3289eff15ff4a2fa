// A device in a draft over its real socket: a Yjs document that writes, and hears what others write.
import type { Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { DRAFT_FIELD } from '#shared/document/document-schema.ts'
import { decodeServerFrame, encodeEdit } from '#shared/drafting/draft-frames.ts'
import type { DraftJoinAck, DraftJoined, FrameAck } from '#shared/drafting/draft-wire.ts'
import { fromBase64 } from '#shared/kernel/bytes.ts'
import { WIRE } from '#shared/protocol/wire.ts'

export interface DraftPen {
  readonly fragment: Y.XmlFragment
  readonly joined: DraftJoined
  /** The number of the last edit that this device knows of. */
  u(): number
  /** Resolves with the number under which it is saved; throws when it is refused. */
  write(change: (fragment: Y.XmlFragment) => void): Promise<number>
  leave(): void
}

export async function draftPen(socket: Socket): Promise<DraftPen> {
  const doc = new Y.Doc()
  const waiting: string[] = []
  let ready = false
  let generation = 0
  let u = 0
  const receive = (text: string) => {
    if (!ready) return void waiting.push(text)
    const decoded = decodeServerFrame(text)
    if (!decoded.ok) throw new Error('a frame that cannot be read')
    const { frame } = decoded
    if (frame.kind === 'reopened') generation = frame.generation
    if (frame.kind !== 'updates') return
    u = Math.max(u, frame.u)
    for (const update of frame.updates) Y.applyUpdate(doc, update, 'server')
  }
  socket.on(WIRE.draftFrame, receive)
  const ask = { haveU: 0, generation: 0, clientId: doc.clientID, storedIds: [] }
  const ack: DraftJoinAck = await socket.timeout(30_000).emitWithAck(WIRE.draftJoin, ask)
  if (!ack.ok) throw new Error(JSON.stringify(ack.problem))
  const joined = ack.value
  if (joined.snapshot) Y.applyUpdateV2(doc, fromBase64(joined.snapshot), 'server')
  for (const update of joined.updates) Y.applyUpdate(doc, fromBase64(update), 'server')
  generation = joined.generation
  u = joined.u
  ready = true
  for (const text of waiting) receive(text)
  const fragment = doc.getXmlFragment(DRAFT_FIELD)
  return {
    fragment,
    joined,
    u: () => u,
    async write(change) {
      const made: Uint8Array[] = []
      const keep = (update: Uint8Array, origin: unknown) => void (origin !== 'server' && made.push(update))
      doc.on('update', keep)
      doc.transact(() => change(fragment))
      doc.off('update', keep)
      const update = Y.mergeUpdates(made)
      const saved: FrameAck = await socket.timeout(30_000).emitWithAck(WIRE.draftFrame, encodeEdit({ kind: 'edit', generation, update }))
      if (!saved.ok) throw new Error(JSON.stringify(saved.problem))
      u = Math.max(u, saved.value)
      return saved.value
    },
    leave() {
      socket.off(WIRE.draftFrame, receive)
      socket.emit(WIRE.draftLeave)
    },
  }
}

type Run = string | { readonly bold: string } | { readonly italic: string }

export function textOf(...runs: readonly Run[]): Y.XmlText {
  const text = new Y.XmlText()
  let at = 0
  for (const run of runs) {
    const words = typeof run === 'string' ? run : 'bold' in run ? run.bold : run.italic
    const marks = typeof run === 'string' ? {} : 'bold' in run ? { bold: {} } : { italic: {} }
    text.insert(at, words, marks)
    at += words.length
  }
  return text
}

export function elementOf(
  name: string,
  attributes: Readonly<Record<string, unknown>>,
  ...children: readonly (Y.XmlElement | Y.XmlText)[]
): Y.XmlElement {
  const element = new Y.XmlElement(name)
  // Yjs keeps any plain value; its type only knows strings.
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value as string)
  element.insert(0, [...children])
  return element
}

export const paragraphOf = (...runs: readonly Run[]) => elementOf('paragraph', {}, textOf(...runs))
export const clauseOf = (id: string, ...children: readonly (Y.XmlElement | Y.XmlText)[]) => elementOf('clause', { id }, ...children)
export const listOf = (...items: readonly string[]) =>
  elementOf('bulletList', {}, ...items.map((item) => elementOf('listItem', {}, paragraphOf(item))))

/** The document's clauses from top to bottom, without those inside others. */
export function clausesIn(fragment: Y.XmlFragment): readonly Y.XmlElement[] {
  return fragment.toArray().filter((node): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === 'clause')
}

/** Puts words into every paragraph without any, so that the text can be closed. */
export function fillEmpty(node: Y.XmlFragment, words: string): void {
  for (const child of node.toArray()) {
    if (!(child instanceof Y.XmlElement)) continue
    const isEmpty = child.nodeName === 'paragraph' && child.toString().replaceAll(/<[^>]*>/g, '') === ''
    if (isEmpty) child.insert(0, [textOf(words)])
    else fillEmpty(child, words)
  }
}
