// The one line on whether everything has arrived. Never "ok" while anything is unsent, refused or unknown.

import type { ConnectionState } from '#client/realtime/connection.ts'
import type { OutboxEntry } from '#client/realtime/outbox-entries.ts'
import { NOTHING_UNSENT } from '#client/realtime/unsent-marks.ts'
import type { SyncState } from '#client/ui/feedback/SyncStatus.tsx'

interface SyncStatusView {
  readonly state: SyncState
  readonly words: 'sent' | 'waiting' | 'sending' | 'refused' | 'offline' | 'offline-waiting' | 'connecting'
  readonly count: number
}

/** `held`: messages that can still be taken back. `elsewhere`: something beside the outbox is unsent; `counted`: so many things (files). */
export function syncStatusOf(
  connection: ConnectionState['kind'],
  entries: readonly OutboxEntry[],
  held: number,
  caughtUp: boolean,
  elsewhere = false,
  counted = NOTHING_UNSENT,
): SyncStatusView {
  const refused = entries.filter(({ state }) => state.kind === 'refused').length + counted.refused
  const waiting = entries.filter(({ state }) => state.kind === 'waiting' || state.kind === 'sending').length + held + counted.waiting
  if (connection === 'connecting' || (connection === 'live' && !caughtUp)) return { state: 'waiting', words: 'connecting', count: waiting }
  if (connection !== 'live') return { state: 'offline', words: waiting > 0 ? 'offline-waiting' : 'offline', count: waiting }
  if (refused > 0) return { state: 'bad', words: 'refused', count: refused }
  if (waiting > 0) return { state: 'waiting', words: 'waiting', count: waiting }
  if (elsewhere) return { state: 'waiting', words: 'sending', count: 0 }
  return { state: 'ok', words: 'sent', count: 0 }
}
