// How a document rests: each entry, snapshot and copy encrypted under the key of the document's audience, bound to its place.
import type { FileKey } from '#server/storage/encrypted-files.ts'
import type { DocumentCopy, DocumentPlace, DraftEntry, DraftSnapshot } from '#server/storage/ports.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { type ChainState, chainedEntry } from './document-chain.ts'
import { decodeSnapshot, encodeSnapshot, type NewSnapshot, type PlainEntry, type PlainSnapshot } from './draft-entries.ts'
import { type CopiedText, decodeCopy, encodeCopy } from './saved-states.ts'

/** Encryption under the key of one audience of a case; `context` is bound as associated data. */
interface AudienceCipher {
  encrypt(context: string, plain: Uint8Array): Uint8Array
  decrypt(context: string, encrypted: Uint8Array): Uint8Array
}
export type AudienceCiphers = (caseId: CaseId, audience: Audience) => Promise<AudienceCipher & FileKey>

export class DocumentCipher {
  readonly place: DocumentPlace
  readonly #cipher: AudienceCipher

  constructor({ caseId, documentId }: DocumentPlace, audienceCipher: AudienceCipher) {
    this.place = { caseId, documentId }
    this.#cipher = audienceCipher
  }

  /** The next entry, encrypted and chained. */
  entry({ revision, kind, by, plain }: PlainEntry, { at, epoch, chain }: { at: number; epoch: number; chain: ChainState }): DraftEntry {
    const encrypted = this.#cipher.encrypt(entryContext(this.place, { revision, kind, by }), plain)
    return chainedEntry({ ...this.place, revision, kind, by, at, epoch, encrypted }, chain)
  }

  decrypt(entry: DraftEntry): Uint8Array {
    return this.#cipher.decrypt(entry.hash ? entryContext(this.place, entry) : oldEntryContext(this.place, entry), entry.encrypted)
  }

  snapshot(snapshot: NewSnapshot, epoch: number): DraftSnapshot {
    const { revision } = snapshot
    return {
      ...this.place,
      revision,
      epoch,
      encrypted: this.#cipher.encrypt(snapshotContext(this.place, revision), encodeSnapshot(snapshot)),
    }
  }

  decryptSnapshot({ revision, epoch, encrypted }: DraftSnapshot): PlainSnapshot {
    const context = epoch === 0 ? oldSnapshotContext(this.place, revision) : snapshotContext(this.place, revision)
    return decodeSnapshot(revision, this.#cipher.decrypt(context, encrypted))
  }

  copy(name: string, text: CopiedText, epoch: number): DocumentCopy {
    return { ...this.place, name, epoch, encrypted: this.#cipher.encrypt(copyContext(this.place, name), encodeCopy(text)) }
  }

  decryptCopy({ name, encrypted }: Pick<DocumentCopy, 'name' | 'encrypted'>): CopiedText {
    return decodeCopy(this.#cipher.decrypt(copyContext(this.place, name), encrypted))
  }
}

type Header = Pick<PlainEntry, 'revision' | 'kind' | 'by'>

function entryContext({ caseId, documentId }: DocumentPlace, { revision, kind, by }: Header): string {
  return `document|${caseId}|${documentId}|${revision}|${kind}|${by}`
}

function snapshotContext({ caseId, documentId }: DocumentPlace, revision: number): string {
  return `document-snapshot|${caseId}|${documentId}|${revision}`
}

function copyContext({ caseId, documentId }: DocumentPlace, name: string): string {
  return `document-copy|${caseId}|${documentId}|${name}`
}

/** Of releases before 2.2, when a case had one draft. */
export function oldEntryContext({ caseId }: Pick<DocumentPlace, 'caseId'>, { revision, kind, by }: Header): string {
  return `draft|${caseId}|${revision}|${kind}|${by}`
}

export function oldSnapshotContext({ caseId }: Pick<DocumentPlace, 'caseId'>, revision: number): string {
  return `draft-snapshot|${caseId}|${revision}`
}
