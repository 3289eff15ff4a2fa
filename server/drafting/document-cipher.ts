// How a document rests: each entry, snapshot and copy encrypted under the key of the document's audience, bound to its place.
import type { DocumentCopy, DocumentPlace, DraftEntry, DraftSnapshot } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type ChainState, chainedEntry } from './document-chain.ts'
import { decodeSnapshot, encodeSnapshot, type NewSnapshot, type PlainEntry, type PlainSnapshot } from './draft-entries.ts'
import { type CopiedText, decodeCopy, encodeCopy } from './saved-states.ts'

/** Encryption under the key of one audience of a case; `context` is bound as associated data. */
export interface DraftSealer {
  seal(context: string, plain: Uint8Array): Uint8Array
  open(context: string, encrypted: Uint8Array): Uint8Array
}
export type DraftSealers = (caseId: CaseId, audience: Audience) => Promise<DraftSealer>

export class DocumentCipher {
  readonly place: DocumentPlace
  readonly #sealer: DraftSealer

  constructor({ caseId, documentId }: DocumentPlace, sealer: DraftSealer) {
    this.place = { caseId, documentId }
    this.#sealer = sealer
  }

  /** The next entry, encrypted and chained. */
  entry({ u, kind, by, plain }: PlainEntry, { at, epoch, chain }: { at: number; epoch: number; chain: ChainState }): DraftEntry {
    const encrypted = this.#sealer.seal(entryContext(this.place, { u, kind, by }), plain)
    return chainedEntry({ ...this.place, u, kind, by, at, epoch, encrypted }, chain)
  }

  open(entry: DraftEntry): Uint8Array {
    return this.#sealer.open(entry.hash ? entryContext(this.place, entry) : oldEntryContext(this.place, entry), entry.encrypted)
  }

  snapshot(snapshot: NewSnapshot, epoch: number): DraftSnapshot {
    const { u } = snapshot
    return { ...this.place, u, epoch, encrypted: this.#sealer.seal(snapshotContext(this.place, u), encodeSnapshot(snapshot)) }
  }

  openSnapshot({ u, epoch, encrypted }: DraftSnapshot): PlainSnapshot {
    const context = epoch === 0 ? oldSnapshotContext(this.place, u) : snapshotContext(this.place, u)
    return decodeSnapshot(u, this.#sealer.open(context, encrypted))
  }

  copy(name: string, text: CopiedText, epoch: number): DocumentCopy {
    return { ...this.place, name, epoch, encrypted: this.#sealer.seal(copyContext(this.place, name), encodeCopy(text)) }
  }

  openCopy({ name, encrypted }: Pick<DocumentCopy, 'name' | 'encrypted'>): CopiedText {
    return decodeCopy(this.#sealer.open(copyContext(this.place, name), encrypted))
  }
}

type Header = Pick<PlainEntry, 'u' | 'kind' | 'by'>

export function entryContext({ caseId, documentId }: DocumentPlace, { u, kind, by }: Header): string {
  return `document|${caseId}|${documentId}|${u}|${kind}|${by}`
}

export function snapshotContext({ caseId, documentId }: DocumentPlace, u: number): string {
  return `document-snapshot|${caseId}|${documentId}|${u}`
}

function copyContext({ caseId, documentId }: DocumentPlace, name: string): string {
  return `document-copy|${caseId}|${documentId}|${name}`
}

/** Of releases before 2.2, when a case had one draft. */
export function oldEntryContext({ caseId }: Pick<DocumentPlace, 'caseId'>, { u, kind, by }: Header): string {
  return `draft|${caseId}|${u}|${kind}|${by}`
}

export function oldSnapshotContext({ caseId }: Pick<DocumentPlace, 'caseId'>, u: number): string {
  return `draft-snapshot|${caseId}|${u}`
}
