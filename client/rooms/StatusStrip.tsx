import { useTexts } from '#client/i18n/texts.tsx'
import type { CaseSnapshot } from '#client/realtime/case-store.ts'
import { useCaseSnapshot, useConnectionState, useOrders, useUnsentElsewhere } from '#client/realtime/use-case.tsx'
import { Strip } from '#client/ui/feedback/Strip.tsx'
import { stripOf } from './strip-state.ts'

const caughtUp = (snapshot: CaseSnapshot) => snapshot.caughtUp

/** `held`: messages that can still be taken back. */
export function StatusStrip({ held = 0 }: { held?: number }) {
  const t = useTexts()
  const { kind } = useConnectionState()
  const orders = useOrders()
  const elsewhere = useUnsentElsewhere()
  const known = useCaseSnapshot(caughtUp)
  const { state, words, count } = stripOf(kind, orders, held, known, elsewhere)
  const text = {
    sent: () => t('rooms.strip.sent'),
    waiting: () => t('rooms.strip.waiting', { count }),
    sending: () => t('rooms.strip.sending'),
    refused: () => t('rooms.strip.refused', { count }),
    offline: () => t('rooms.strip.offline'),
    'offline-waiting': () => t('rooms.strip.offline-waiting', { count }),
    connecting: () => t('rooms.strip.connecting'),
  }[words]()
  return (
    <span className="rooms-strip">
      <Strip state={state}>{text}</Strip>
    </span>
  )
}
