import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useCase } from './use-room.ts'

/** For everybody alike: that the mediation pauses, why in the words that were chosen, and what stays open. */
export function SuspendedNotice() {
  const t = useTexts()
  const f = useFormats()
  const { suspended } = useCase().state
  if (!suspended) return null
  const day = suspended.until && f.numericDate(Date.parse(`${suspended.until}T00:00:00Z`))
  return (
    <Banner tone="info" icon="clock" title={t('rooms.suspended.title', { when: f.date(suspended.at) })}>
      {[t(`rooms.suspended.reason.${suspended.reason}`), day && t('rooms.suspended.until', { day }), t('rooms.suspended.words')]
        .filter(Boolean)
        .join(' ')}
    </Banner>
  )
}
