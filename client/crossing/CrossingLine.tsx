// One line of a talk: words or a file were allowed, taken back or passed on, or somebody was asked whether they said so.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import type { Permission } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { useTargetWords } from './use-target-words.ts'
import './crossing.css'

export type CrossingEvent =
  | { readonly what: 'wording' }
  | { readonly what: 'given' | 'delivered' | 'withdrawn'; readonly kind: Permission['kind']; readonly to: Audience }

interface CrossingLineProps {
  readonly event: CrossingEvent
  readonly at: number
  readonly onShow: () => void
}

export function CrossingLine({ event, at, onShow }: CrossingLineProps) {
  const t = useTexts()
  const f = useFormats()
  const whereOf = useTargetWords()
  const words = event.what === 'wording' ? t('crossing.line.wording') : t(lineOf(event), { where: whereOf(event.to) })
  return (
    <>
      {t('messaging.event', { time: f.time(at), words })}{' '}
      <button type="button" className="crossing-show" onClick={onShow}>
        {t('crossing.bar.show')}
      </button>
    </>
  )
}

function lineOf({ what, kind }: Exclude<CrossingEvent, { what: 'wording' }>) {
  return kind === 'file' && what !== 'withdrawn' ? (`crossing.line.file.${what}` as const) : (`crossing.line.${what}` as const)
}
