import { useTexts } from '#client/i18n/texts.tsx'
import { useConnectionState } from '#client/realtime/use-case.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'

export function Opening() {
  const t = useTexts()
  const { kind } = useConnectionState()
  return <Loading>{kind === 'offline' ? t('rooms.opening.slow') : t('rooms.opening')}</Loading>
}
