// Commits and entries as the contracts need them: every id fresh, so that suites can share one database.
import { randomBytes } from 'node:crypto'
import type { Commit, DocumentPlace, DraftEntry, FileStore, Storage, StoredEvent } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import { type Audience, sideAudience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type DocumentId, type FileId, type ParticipantId, type SideId } from '#shared/kernel/ids.ts'

export interface ContractSubject {
  /** Called once per suite; the storage may hold what other suites wrote. */
  readonly open: () => Promise<Storage>
}

export function randomText(): string {
  return randomBytes(16).toString('base64url')
}
export function newCase(): CaseId {
  return asId<CaseId>(randomText())
}
export function newPerson(): By {
  return asId<ParticipantId>(randomText())
}
export function newCommand(): CommandId {
  return asId<CommandId>(randomText())
}
export function newSide(): Audience {
  return sideAudience(asId<SideId>(randomText()))
}
export function bytes(length: number): Uint8Array {
  return new Uint8Array(randomBytes(length))
}
/** A name no other suite uses. */
export function newCollection(): string {
  return `c${randomBytes(8).toString('hex')}`
}

export function event(overrides: Partial<StoredEvent> = {}): StoredEvent {
  return {
    audience: 'all',
    epoch: 1,
    seq: 1,
    type: 'message:posted',
    version: 1,
    by: newPerson(),
    at: 1_792_000_000_123,
    seen: '1:7:00ff',
    encryptedBody: bytes(40),
    bodyDigest: bytes(32),
    previous: bytes(32),
    hash: bytes(32),
    ...overrides,
  }
}

/** A commit of one event, whose seq is commitNumber unless other events are given. */
export function commit(caseId: CaseId, commitNumber: number, overrides: Partial<Commit> = {}): Commit {
  return {
    caseId,
    commitNumber,
    by: newPerson(),
    commandId: newCommand(),
    commandMac: bytes(32),
    events: [event({ seq: commitNumber })],
    ...overrides,
  }
}

export function newDocument(caseId = newCase()): DocumentPlace {
  return { caseId, documentId: asId<DocumentId>(randomText()) }
}

export function entry({ caseId, documentId }: DocumentPlace, revision: number, overrides: Partial<DraftEntry> = {}): DraftEntry {
  const links = { previous: bytes(32), hash: bytes(32) }
  return {
    caseId,
    documentId,
    revision,
    kind: 'update',
    by: newPerson(),
    at: 1_792_000_000_123,
    epoch: 1,
    encrypted: bytes(25),
    ...links,
    ...overrides,
  }
}

/** A file of one piece. */
export async function putFile(files: FileStore, id: FileId, length = 30): Promise<void> {
  const writing = files.write(id, 1_792_000_000_123)
  await writing.append(bytes(length))
  await writing.finish({ header: bytes(70), mac: bytes(32) })
}

/** All that rests of a file, as it rests; undefined when there is none. */
export async function storedBytes(files: FileStore, id: FileId): Promise<Buffer | undefined> {
  const found = await files.read(id)
  if (found?.form !== 'pieces') return found && Buffer.from(found.bytes)
  const parts = [found.header, found.mac]
  for await (const piece of found.pieces()) parts.push(piece)
  return Buffer.concat(parts)
}

export function upTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1)
}

/** Texts that a careless database would read as an operator, a path, a pattern or an end of statement. */
export const HOSTILE_TEXTS: readonly string[] = [
  '{"$gt":""}',
  '$where',
  '$ne',
  'a.$.b',
  'events.0.hash',
  "'; DROP TABLE log_event; --",
  '" OR 1=1',
  '%',
  '_*?.^$[]',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '__proto__',
  'constructor',
  'Қазақша: «бітім» ﷺ 🤝 e\u0301',
  '',
  ' spaces ',
  '\u202eright to left\n\t\r\u0001',
]
