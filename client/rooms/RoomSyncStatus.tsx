import { useTexts } from '#client/i18n/texts.tsx'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseSnapshot, useConnectionState, useOutboxEntries, useUnsentCounts, useUnsentElsewhere } from '#client/realtime/use-case.tsx'
import { SyncStatus } from '#client/ui/feedback/SyncStatus.tsx'
import { syncStatusOf } from './sync-status.ts'

const caughtUp = (snapshot: CaseSnapshot) => snapshot.caughtUp

/** `held`: messages that can still be taken back. */
export function RoomSyncStatus({ held = 0 }: { held?: number }) {
  const t = useTexts()
  const { kind } = useConnectionState()
  const entries = useOutboxEntries()
  const elsewhere = useUnsentElsewhere()
  const counted = useUnsentCounts()
  const known = useCaseSnapshot(caughtUp)
  const { state, words, count } = syncStatusOf(kind, entries, held, known, elsewhere, counted)
  const text = {
    sent: () => t('rooms.sync-status.sent'),
    waiting: () => t('rooms.sync-status.waiting', { count }),
    sending: () => t('rooms.sync-status.sending'),
    refused: () => t('rooms.sync-status.refused', { count }),
    offline: () => t('rooms.sync-status.offline'),
    'offline-waiting': () => t('rooms.sync-status.offline-waiting', { count }),
    connecting: () => t('rooms.sync-status.connecting'),
  }[words]()
  return (
    <span className="rooms-sync-status">
      <SyncStatus state={state}>{text}</SyncStatus>
    </span>
  )
}
