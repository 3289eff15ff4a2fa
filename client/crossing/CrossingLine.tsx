// One line of a talk: words were allowed, taken back or passed on, or somebody was asked whether they said so.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { useTargetWords } from './use-target-words.ts'
import './crossing.css'

export type CrossingEvent = { readonly what: 'wording' } | { readonly what: 'given' | 'delivered' | 'withdrawn'; readonly to: Audience }

interface CrossingLineProps {
  readonly event: CrossingEvent
  readonly at: number
  readonly onShow: () => void
}

export function CrossingLine({ event, at, onShow }: CrossingLineProps) {
  const t = useTexts()
  const f = useFormats()
  const whereOf = useTargetWords()
  const words = event.what === 'wording' ? t('crossing.line.wording') : t(`crossing.line.${event.what}`, { where: whereOf(event.to) })
  return (
    <>
      {t('messaging.event', { time: f.time(at), words })}{' '}
      <button type="button" className="crossing-show" onClick={onShow}>
        {t('crossing.bar.show')}
      </button>
    </>
  )
}
