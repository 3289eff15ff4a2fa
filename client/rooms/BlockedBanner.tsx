import { useTexts } from '#client/i18n/texts.tsx'
import { useDeviceKeeps } from '#client/realtime/use-case.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'

/** The server is there, and the network lets no WebSocket through: what is the matter, and what to do. */
export function BlockedBanner() {
  const t = useTexts()
  const keeps = useDeviceKeeps()
  return (
    <Banner tone="warn" icon="wifi-off" title={t('rooms.blocked.title')}>
      {t('rooms.blocked.words')}
      <p>{t('rooms.blocked.office', { address: `wss://${window.location.host}` })}</p>
      {!keeps && <p>{t('rooms.blocked.memory')}</p>}
    </Banner>
  )
}
