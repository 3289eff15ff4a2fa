import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'

/** `blocked`: said of a network that lets no WebSocket through. */
export function Opening({ blocked }: { blocked: ReactNode }) {
  const t = useTexts()
  const connection = useConnectionState()
  const isOffline = connection.kind === 'offline'
  const loading = <Loading>{isOffline ? t('rooms.opening.slow') : t('rooms.opening')}</Loading>
  return isOffline && connection.blocked ? <PageFrame width="narrow">{blocked}</PageFrame> : loading
}
