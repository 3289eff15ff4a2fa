// Before a talk apart by voice: what all the others will read, word for word, and what a pause cannot hide.
import { useTexts } from '#client/i18n/texts.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import '#client/calls/reasons.ts'

export function PauseFirst() {
  const t = useTexts()
  const twoSides = (useCase().state.facts?.sides.length ?? 0) < 3
  return (
    <Banner icon="mic-off">
      <p>{t('calls.pause.first', { words: t('calls.paused.title') })}</p>
      {twoSides && <p>{t('calls.pause.two-sides')}</p>}
    </Banner>
  )
}
