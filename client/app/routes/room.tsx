import { useTexts } from '#client/i18n/texts.tsx'
import { EmptyState } from '#client/ui/feedback/states.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'

export function RoomRoute() {
  const t = useTexts()
  return (
    <PageFrame width="narrow">
      <EmptyState icon="clock" title={t('app.soon')} />
    </PageFrame>
  )
}
