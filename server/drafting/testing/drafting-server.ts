// One server's drafting over a real store, and devices with real Yjs documents, joined without sockets.
import { randomBytes } from 'node:crypto'
import { decryptBytes, encryptBytes } from '#server/log/body-cipher.ts'
import { fileKeys } from '#server/log/derived-keys.ts'
import { type EncryptedFiles, encryptFiles } from '#server/storage/encrypted-files.ts'
import type { DocumentPlace, DraftStore, FileStore } from '#server/storage/ports.ts'
import { openSqlite, type SqliteStorage } from '#server/storage/sqlite/open-sqlite.ts'
import { settlementOf } from '#shared/document/case-documents.ts'
import { type DraftState, draftFold } from '#shared/drafting/drafting-state.ts'
import { type RestoringState, restoringFold } from '#shared/drafting/restoring-state.ts'
import { templateOf } from '#shared/drafting/template.ts'
import { utf8 } from '#shared/kernel/bytes.ts'
import type { CaseId } from '#shared/kernel/ids.ts'
import { measureDeletion, undoDeletion } from '../deletion-tasks.ts'
import type { AudienceCiphers } from '../document-cipher.ts'
import { canonicalDraft, closingCheck, compactDraft, convertDraft, readDraft, startDraft, tryEdit } from '../draft-tasks.ts'
import { type DraftingDeps, makeDrafting } from '../drafting-service.ts'
import type { DraftWorker } from '../open-draft-worker.ts'
import { beginFrom, bringBack } from '../restoring-tasks.ts'
import { idOf, supplyCase } from './supply-case.ts'

export const CASE = idOf<CaseId>('case')
/** Where its settlement is stored. */
export const PLACE: DocumentPlace = { caseId: CASE, documentId: settlementOf(CASE).id }

const realTimers = {
  after(milliseconds: number, run: () => void) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}
const realClock = { now: () => Date.now() }

const entropy = { bytes: (count: number) => randomBytes(count) }

export function ciphersWith(key: Uint8Array): AudienceCiphers {
  return async () => ({
    encrypt: (context, plain) => encryptBytes(key, plain, utf8(context), entropy),
    decrypt: (context, encrypted) => decryptBytes(key, encrypted, utf8(context)),
    file: (context) => fileKeys(key, context),
  })
}

export function filesOver(files: FileStore): EncryptedFiles {
  return encryptFiles({ files, entropy, clock: realClock })
}

export const TEST_KEY = new Uint8Array(32).fill(7)

/** The draft worker's tasks without its thread: the same code, quicker to start. */
export const threadless: DraftWorker = {
  start: async (_case, first) => startDraft(first),
  compact: async (_case, text) => compactDraft(text),
  begin: async (_case, text) => compactDraft(text),
  tryEdit: async (_case, text) => tryEdit(text),
  canonical: async (_case, text) => canonicalDraft(text),
  closing: async (_case, text) => closingCheck(text),
  convert: async (_case, text) => convertDraft(text),
  read: async (_case, text) => readDraft(text),
  beginFrom: async (_case, text) => beginFrom(text),
  bringBack: async (_case, texts) => bringBack(texts),
  measureDeletion: async (_case, deletion) => measureDeletion(deletion),
  undoDeletion: async (_case, deletion) => undoDeletion(deletion),
}

export interface TestServer extends ReturnType<typeof makeDrafting> {
  readonly troubles: unknown[]
}

export function testServer(store: DraftStore, files: FileStore, more: Partial<DraftingDeps> = {}): TestServer {
  const troubles: unknown[] = []
  const drafting = makeDrafting({
    store,
    files: filesOver(files),
    ciphers: ciphersWith(TEST_KEY),
    clock: realClock,
    timers: realTimers,
    worker: threadless,
    epoch: 1,
    template: async () => templateOf(supplyCase('ru'), '2026-11-22'),
    textCode: () => '0000 0000 0000',
    makePdf: async () => new Uint8Array([1]),
    language: async () => 'ru',
    caseNumber: async () => undefined,
    draftState: async (): Promise<DraftState> => draftFold.initial,
    restoring: async (): Promise<RestoringState> => restoringFold.initial,
    runSystem: async () => undefined,
    onTrouble: (error) => troubles.push(error),
    ...more,
  })
  return Object.assign(drafting, { troubles })
}

export function memoryStorage(options: Parameters<typeof openSqlite>[1] = {}): SqliteStorage {
  return openSqlite({ memory: true }, options)
}
