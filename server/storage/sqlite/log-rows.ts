// Rows of the log's table as commits and events.
import type { Commit, StoredEvent } from '#server/storage/ports.ts'
import type { By } from '#shared/kernel/actor.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { asId, type CaseId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import type { Row } from './database.ts'
import type { DirectoryRow } from './log-directory.ts'
import { bytesAt, integerAt, textAt } from './rows.ts'

export const EVENT_COLUMNS =
  'audience, epoch, seq, type, version, by, at, seen, encrypted_body, body_digest, previous, hash, destroyed_bytes'
export const COMMIT_COLUMNS = `commit_number, i, command_by, command_id, command_mac, ${EVENT_COLUMNS}`
/** Those that COMMIT_COLUMNS begins with. */
export const DIRECTORY_COLUMNS = 'commit_number, i, command_by, command_id, command_mac, audience, epoch, seq'

/** Of a row of DIRECTORY_COLUMNS or COMMIT_COLUMNS. */
export function directoryRow(row: Row): DirectoryRow {
  const first = row[2] !== null
  return {
    commitNumber: integerAt(row, 0),
    i: integerAt(row, 1),
    by: first ? byAt(row, 2) : null,
    commandId: first ? asId<CommandId>(textAt(row, 3)) : null,
    audience: textAt(row, 5) as Audience, // as in eventAt
    seq: integerAt(row, 7),
  }
}

export function commitsOf(caseId: CaseId, rows: readonly Row[]): readonly Commit[] {
  const commits: (Omit<Commit, 'events'> & { readonly events: StoredEvent[] })[] = []
  for (const row of rows) {
    if (integerAt(row, 1) === 0) {
      commits.push({
        caseId,
        commitNumber: integerAt(row, 0),
        by: byAt(row, 2),
        commandId: asId<CommandId>(textAt(row, 3)),
        commandMac: bytesAt(row, 4),
        events: [],
      })
    }
    commits.at(-1)?.events.push(eventAt(row, 5))
  }
  return commits
}

export function eventAt(row: Row, at: number): StoredEvent {
  return {
    // Written from an Audience by this file alone.
    audience: textAt(row, at) as Audience,
    epoch: integerAt(row, at + 1),
    seq: integerAt(row, at + 2),
    type: textAt(row, at + 3),
    version: integerAt(row, at + 4),
    by: byAt(row, at + 5),
    at: integerAt(row, at + 6),
    seen: textAt(row, at + 7),
    encryptedBody: row[at + 8] === null ? undefined : bytesAt(row, at + 8),
    bodyDigest: bytesAt(row, at + 9),
    previous: bytesAt(row, at + 10),
    hash: bytesAt(row, at + 11),
    ...(row[at + 12] === null ? {} : { destroyedBytes: integerAt(row, at + 12) }),
  }
}

function byAt(row: Row, at: number): By {
  return asId<ParticipantId>(textAt(row, at))
}
