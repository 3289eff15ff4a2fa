// The one line on whether everything has arrived. Never "ok" while anything is unsent, refused or unknown.

import type { ConnectionState } from '#client/realtime/connection.ts'
import type { Order } from '#client/realtime/outbox.ts'
import type { StripState } from '#client/ui/feedback/Strip.tsx'

interface StripView {
  readonly state: StripState
  readonly words: 'sent' | 'waiting' | 'sending' | 'refused' | 'offline' | 'offline-waiting' | 'connecting'
  readonly count: number
}

/** `held`: messages that can still be taken back. `elsewhere`: something beside the outbox is unsent. */
export function stripOf(
  line: ConnectionState['kind'],
  orders: readonly Order[],
  held: number,
  caughtUp: boolean,
  elsewhere = false,
): StripView {
  const refused = orders.filter(({ state }) => state.kind === 'refused').length
  const waiting = orders.filter(({ state }) => state.kind === 'waiting' || state.kind === 'sending').length + held
  if (line === 'connecting' || (line === 'live' && !caughtUp)) return { state: 'waiting', words: 'connecting', count: waiting }
  if (line !== 'live') return { state: 'offline', words: waiting > 0 ? 'offline-waiting' : 'offline', count: waiting }
  if (refused > 0) return { state: 'bad', words: 'refused', count: refused }
  if (waiting > 0) return { state: 'waiting', words: 'waiting', count: waiting }
  if (elsewhere) return { state: 'waiting', words: 'sending', count: 0 }
  return { state: 'ok', words: 'sent', count: 0 }
}
