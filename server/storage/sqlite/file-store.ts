// Files in SQLite: a row for each piece, and one for the file, which makes them readable. Rows in `file_writing` name pieces that are no
// file's (yet): of a writing under way, or abandoned, or of a file whose removal has begun.

import { collectPieces } from '#server/storage/collect-pieces.ts'
import { fileDiffers, pieceMissing, writingAbandoned } from '#server/storage/file-faults.ts'
import type { FileEnd, FileInPieces, FileStore, FileWriting, WholeFile } from '#server/storage/ports.ts'
import { storableInteger, storableText } from '#server/storage/storable.ts'
import { equalBytes } from '#shared/kernel/bytes.ts'
import type { FileId } from '#shared/kernel/ids.ts'
import type { CommitGate } from './commit-gate.ts'
import type { Database } from './database.ts'
import { bytesAt, integerAt } from './rows.ts'

/** Pieces in one transaction, so that a large file keeps nobody waiting. */
const REMOVED_AT_ONCE = 16
/** In the place of the time when it was begun: it is being removed, and will not be finished. */
const GOING = -1

export function addFilePieces(database: Database): void {
  database.execute(`ALTER TABLE file RENAME TO whole_file;
   CREATE TABLE file (id TEXT PRIMARY KEY, k INTEGER NOT NULL UNIQUE, pieces INTEGER NOT NULL, header BLOB NOT NULL, mac BLOB NOT NULL);
   CREATE TABLE file_piece (k INTEGER NOT NULL, n INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (k, n));
   CREATE TABLE file_writing (k INTEGER PRIMARY KEY, at INTEGER NOT NULL);`)
}

export function createSqliteFileStore(database: Database, gate: CommitGate): FileStore {
  const rows = fileRows(database)
  const nextNumber = numbers(database)

  function write(id: FileId, at: number): FileWriting {
    const k = nextNumber()
    storableText(id)
    storableInteger(at)
    const insert = (pieces: readonly Uint8Array[], from: number) => {
      if (from === 0) rows.insertWriting.run([k, at])
      if (!rows.isUnderWay(k)) throw writingAbandoned()
      for (const [index, bytes] of pieces.entries()) rows.insertPiece.run([k, from + index, bytes])
    }
    return collectPieces({
      store: (pieces, from) => gate.enter(() => insert(pieces, from)),
      async finish(pieces, from, end) {
        const isOwn = await gate.enter(() => {
          const kept = rows.find(id)
          if (kept ? !equalBytes(kept.mac, end.mac) : rows.selectWhole.get([id])) throw fileDiffers()
          if (kept) return kept.k === k
          insert(pieces, from)
          rows.insertFile.run([id, k, from + pieces.length, end.header, end.mac])
          rows.removeWriting.run([k])
          return true
        })
        if (!isOwn) await abandon(k)
      },
      abandon: () => abandon(k),
    })
  }

  /** Nothing, once it is a file: that has no row there any more. */
  async function abandon(k: number): Promise<void> {
    await gate.enter(() => rows.giveUp.run([GOING, k]))
    await removePieces(k)
  }

  async function removePieces(k: number): Promise<void> {
    let isOver = false
    while (!isOver) {
      isOver = await gate.enter(() => {
        if (!rows.isGoing(k)) return true
        if (rows.removePieces.run([k, k, REMOVED_AT_ONCE]) > 0) return false
        rows.removeWriting.run([k])
        return true
      })
    }
  }

  return {
    write,
    read: async (id) => {
      const found = rows.find(id)
      if (found) return inPieces(rows, found)
      const whole = rows.selectWhole.get([id])
      return whole && ({ form: 'whole', bytes: bytesAt(whole, 0) } satisfies WholeFile)
    },
    has: async (id) => (rows.selectFile.get([id]) ?? rows.selectWhole.get([id])) !== undefined,
    async delete(id) {
      const k = await gate.enter(() => {
        rows.removeWhole.run([id])
        const found = rows.find(id)
        if (!found) return undefined
        rows.removeFile.run([id])
        rows.insertWriting.run([found.k, GOING])
        return found.k
      })
      if (k !== undefined) await removePieces(k)
    },
    async removeAbandoned(before) {
      for (const row of rows.selectOld.all([before])) await abandon(integerAt(row, 0))
    },
  }
}

interface FileRow extends FileEnd {
  readonly k: number
  readonly count: number
}

function fileRows(database: Database) {
  const selectFile = database.prepare('SELECT k, pieces, header, mac FROM file WHERE id = ?')
  const selectWriting = database.prepare('SELECT at FROM file_writing WHERE k = ?')
  const startedAt = (k: number) => {
    const row = selectWriting.get([k])
    return row && integerAt(row, 0)
  }
  return {
    selectFile,
    selectWhole: database.prepare('SELECT bytes FROM whole_file WHERE id = ?'),
    selectPiece: database.prepare('SELECT bytes FROM file_piece WHERE k = ? AND n = ?'),
    selectOld: database.prepare('SELECT k FROM file_writing WHERE at < ? ORDER BY k'),
    insertFile: database.prepare('INSERT INTO file (id, k, pieces, header, mac) VALUES (?, ?, ?, ?, ?)'),
    insertPiece: database.prepare('INSERT OR REPLACE INTO file_piece (k, n, bytes) VALUES (?, ?, ?)'),
    insertWriting: database.prepare('INSERT OR IGNORE INTO file_writing (k, at) VALUES (?, ?)'),
    giveUp: database.prepare('UPDATE file_writing SET at = ? WHERE k = ?'),
    removeFile: database.prepare('DELETE FROM file WHERE id = ?'),
    removeWhole: database.prepare('DELETE FROM whole_file WHERE id = ?'),
    removeWriting: database.prepare('DELETE FROM file_writing WHERE k = ?'),
    removePieces: database.prepare('DELETE FROM file_piece WHERE k = ? AND n IN (SELECT n FROM file_piece WHERE k = ? LIMIT ?)'),
    find(id: FileId): FileRow | undefined {
      const row = selectFile.get([id])
      return row && { k: integerAt(row, 0), count: integerAt(row, 1), header: bytesAt(row, 2), mac: bytesAt(row, 3) }
    },
    isUnderWay: (k: number) => (startedAt(k) ?? GOING) !== GOING,
    isGoing: (k: number) => startedAt(k) === GOING,
  }
}

function inPieces({ selectPiece }: Pick<ReturnType<typeof fileRows>, 'selectPiece'>, { k, count, header, mac }: FileRow): FileInPieces {
  async function* pieces(from = 0): AsyncGenerator<Uint8Array> {
    for (let at = from; at < count; at++) {
      const row = selectPiece.get([k, at])
      if (!row) throw pieceMissing(at)
      yield bytesAt(row, 0)
    }
  }
  return { form: 'pieces', header, mac, count, pieces }
}

/** This process alone writes here: what is numbered next need not be asked twice. */
function numbers(database: Database): () => number {
  const highestIn = ['file', 'file_writing', 'file_piece'].map((table) => `ifnull((SELECT max(k) FROM ${table}), 0)`)
  const highest = database.prepare(`SELECT max(${highestIn.join(', ')})`)
  let last: number | undefined
  return () => {
    last ??= integerAt(highest.get([]) ?? [], 0)
    return ++last
  }
}
