// The draft's frames: a few bytes of header before a Yjs update (V1), carried as base64 in one text frame of the socket.
// Random, cut or oversized bytes decode to a fault, never to an exception.
import { base64, base64url, concat, fromBase64, fromBase64url, fromUtf8, utf8 } from '#shared/kernel/bytes.ts'
import { asId, type DocumentId, ID_PATTERN, type VersionId } from '#shared/kernel/ids.ts'
import { ByteCursor, block, varUint } from './byte-cursor.ts'

/** Largest edit in one frame; a pasted agreement of a hundred pages fits. */
export const MAX_EDIT_BYTES = 256 * 1024
/** What one edit may bring and take away: what a device cuts by, and a server refuses by. */
export const MAX_EDIT_STRUCTS = 32_000
export const MAX_EDIT_DELETIONS = 20_000
const MAX_HEADER_BYTES = 64
const MAX_UPDATES = 4096

/** What a device sends. `stored` carries edits of an earlier page life of the same person, kept on the device while offline. */
export interface EditFrame {
  readonly documentId: DocumentId
  readonly kind: 'edit' | 'stored'
  readonly generation: number
  readonly update: Uint8Array
}

/** What the server sends. `revision` is the number of the last entry that the frame speaks of. */
export type ServerFrame = { readonly documentId: DocumentId } & ServerWords

export type ServerWords =
  | { readonly kind: 'updates'; readonly revision: number; readonly updates: readonly Uint8Array[] }
  | { readonly kind: 'closed'; readonly revision: number; readonly versionId: VersionId }
  | { readonly kind: 'reopened'; readonly revision: number; readonly generation: number }
  /** The server cannot tell what this device lacks: join anew. */
  | { readonly kind: 'rejoin'; readonly revision: number }

type Decoded<T> = { readonly ok: true; readonly frame: T } | { readonly ok: false; readonly fault: 'too-large' | 'malformed' }

/** An id's random bytes. */
const ID_BYTES = 16
const EDIT = 1
const STORED = 2
const UPDATES = 3
const CLOSED = 4
const REOPENED = 5
const REJOIN = 6

export function encodeEdit({ documentId, kind, generation, update }: EditFrame): string {
  return base64(concat(Uint8Array.of(kind === 'edit' ? EDIT : STORED), fromBase64url(documentId), varUint(generation), update))
}

export function decodeEdit(text: unknown): Decoded<EditFrame> {
  return decode(text, MAX_EDIT_BYTES, (cursor) => {
    const kind = cursor.byte()
    const documentId = readId(cursor)
    const generation = cursor.varUint()
    if (kind !== EDIT && kind !== STORED) return undefined
    const update = cursor.rest()
    return update.length > 0 && { documentId, kind: kind === EDIT ? 'edit' : 'stored', generation, update }
  })
}

export function encodeServerFrame(frame: ServerFrame): string {
  const head = (kind: number) => concat(Uint8Array.of(kind), fromBase64url(frame.documentId), varUint(frame.revision))
  switch (frame.kind) {
    case 'updates':
      return base64(concat(head(UPDATES), varUint(frame.updates.length), ...frame.updates.map(block)))
    case 'closed':
      return base64(concat(head(CLOSED), utf8(frame.versionId)))
    case 'reopened':
      return base64(concat(head(REOPENED), varUint(frame.generation)))
    case 'rejoin':
      return base64(head(REJOIN))
  }
}

export function decodeServerFrame(text: unknown): Decoded<ServerFrame> {
  return decode(text, Number.POSITIVE_INFINITY, (cursor): ServerFrame | undefined => {
    const kind = cursor.byte()
    const head = { documentId: readId(cursor), revision: cursor.varUint() }
    if (kind === CLOSED) {
      const versionId = fromUtf8(cursor.rest())
      return ID_PATTERN.test(versionId) ? { ...head, kind: 'closed', versionId: asId<VersionId>(versionId) } : undefined
    }
    if (kind === REOPENED) return { ...head, kind: 'reopened', generation: cursor.varUint() }
    if (kind === REJOIN) return { ...head, kind: 'rejoin' }
    if (kind !== UPDATES) return undefined
    const count = cursor.varUint()
    if (count > MAX_UPDATES) return undefined
    const updates: Uint8Array[] = []
    for (let i = 0; i < count; i++) updates.push(cursor.block())
    return { ...head, kind: 'updates', updates }
  })
}

function readId(cursor: ByteCursor): DocumentId {
  return asId<DocumentId>(base64url(cursor.take(ID_BYTES)))
}

function decode<T>(text: unknown, limit: number, read: (cursor: ByteCursor) => T | undefined | false): Decoded<T> {
  if (typeof text !== 'string') return { ok: false, fault: 'malformed' }
  if (text.length > Math.ceil((limit + MAX_HEADER_BYTES) / 3) * 4) return { ok: false, fault: 'too-large' }
  try {
    const cursor = new ByteCursor(fromBase64(text))
    if (cursor.left > limit + MAX_HEADER_BYTES) return { ok: false, fault: 'too-large' }
    const frame = read(cursor)
    return frame && cursor.left === 0 ? { ok: true, frame } : { ok: false, fault: 'malformed' }
  } catch {
    return { ok: false, fault: 'malformed' } // not base64, not UTF-8, or cut off
  }
}
