// What happened to the text, in words: closed, not closed after all and why, nearly full.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { ClosingFault } from '#shared/drafting/closing/closing-fault.ts'
import type { DraftState } from '#shared/drafting/drafting-state.ts'
import type { ToldTo } from './restoring/told-words.ts'
import { writersInWords } from './writer-words.ts'

interface DraftNoticesProps {
  readonly closed: boolean
  readonly fullness: number
  readonly lastOpened: DraftState['lastOpened']
  /** What still stands in the way of closing the text. */
  readonly faults: readonly ClosingFault[] | undefined
}

type Cancelled = Extract<DraftState['lastOpened'], { kind: 'cancelled' }>

const NEARLY_FULL = 0.75

export function DraftNotices({ closed, fullness, lastOpened, faults }: DraftNoticesProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const [read, setRead] = useState(0)
  const news = closed || lastOpened?.kind !== 'cancelled' || lastOpened.at <= read || isMended(lastOpened, faults) ? undefined : lastOpened
  const close = () => setRead(news?.at ?? 0)
  return (
    <div aria-live="polite">
      {closed && (
        <Banner tone="info" icon="lock" title={t('drafting.closing.title')}>
          {t('drafting.closing.body')}
        </Banner>
      )}
      {news && (
        <Banner tone="warn" title={t('drafting.cancelled.title')} onClose={close}>
          {cancelWords(news, { t, f, state, me })}
        </Banner>
      )}
      {fullness >= NEARLY_FULL && (
        <Banner tone="warn" title={t('drafting.full.title')}>
          {t('drafting.full.body')}
        </Banner>
      )}
    </div>
  )
}

const STANDS_AS = { empty: 'empty-text', 'empty-clause': 'empty-clause', character: 'character' } as const

/** What was said of the text is said no more when it is true no more. */
function isMended({ reason }: Cancelled, faults: DraftNoticesProps['faults']): boolean {
  const kind = reason in STANDS_AS ? STANDS_AS[reason as keyof typeof STANDS_AS] : undefined // it is a key
  return kind !== undefined && faults?.every((fault) => fault.kind !== kind) === true
}

function cancelWords(cancelled: Cancelled, to: ToldTo): string {
  const { t } = to
  const { clause, codePoint, writers = [] } = cancelled.details
  switch (cancelled.reason) {
    case 'empty-clause':
      return t('drafting.cancelled.empty-clause', { clause: clause ?? '?' })
    case 'character':
      return t('drafting.cancelled.character', { clause: clause ?? '–', code: codePoint ?? '' })
    case 'somebody-wrote': {
      const names = writersInWords(writers, to)
      return names ? t('drafting.cancelled.somebody-wrote.by', { names }) : t('drafting.cancelled.somebody-wrote')
    }
    default:
      return t(`drafting.cancelled.${cancelled.reason}`)
  }
}
