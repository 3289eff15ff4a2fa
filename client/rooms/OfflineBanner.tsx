import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState, useDeviceKeeps, useOutboxEntries } from '#client/realtime/use-case.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

/** No connection, in words (`blocked`: those for a network that lets no WebSocket through); on a device that keeps nothing also that the page should stay open. */
export function OfflineBanner({ blocked }: { blocked: ReactNode }) {
  const t = useTexts()
  const keeps = useDeviceKeeps()
  const connection = useConnectionState()
  const waiting = useOutboxEntries().length > 0
  if (connection.kind !== 'offline') return null
  if (connection.blocked) return blocked
  return (
    <Banner tone="warn" icon="wifi-off" title={t('rooms.offline.title')}>
      {t(connection.toldToWait ? 'rooms.offline.told-to-wait' : 'rooms.offline.words')}
      {waiting && !keeps && <p>{t('rooms.offline.memory')}</p>}
    </Banner>
  )
}
