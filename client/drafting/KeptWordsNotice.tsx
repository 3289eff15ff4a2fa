// Words that could not be saved, with the reason and a button to copy them. Light: may be shown beside any screen of the case.
import { useSyncExternalStore } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import type { DocumentKind } from '#shared/document/case-documents.ts'
import { keptWordsOf } from './kept-words.ts'
import './kept-words.css'

/** Of a whole document that was pasted, a phone would spend minutes laying out what nobody reads here. */
const SHOWN = 2000

interface KeptWordsNoticeProps {
  readonly of?: DocumentKind
  /** How the block began that somebody deleted under these words; where that is why they are here. */
  readonly deleted?: string | undefined
  readonly onClose?: (() => void) | undefined
}

export function KeptWordsNotice({ of = 'settlement', deleted, onClose }: KeptWordsNoticeProps) {
  const t = useTexts()
  const kept = keptWordsOf(useCaseClient(), of)
  const words = useSyncExternalStore(kept.subscribe, kept.list)
  if (words.length === 0) return null
  const text = words.join('\n\n')
  return (
    <Banner
      tone="warn"
      urgent
      title={t('drafting.kept.title')}
      actions={<CopyButton text={text}>{t('drafting.kept.copy')}</CopyButton>}
      onClose={() => {
        kept.clear()
        onClose?.()
      }}
    >
      <p>{why(deleted, t)}</p>
      <blockquote className="draft-kept">{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</blockquote>
      {text.length > SHOWN && <p>{t('drafting.kept.beginning')}</p>}
    </Banner>
  )
}

function why(deleted: string | undefined, t: ReturnType<typeof useTexts>): string {
  if (deleted === undefined) return t('drafting.kept.why')
  return deleted.trim() === '' ? t('drafting.kept.deleted') : t('drafting.kept.deleted.place', { beginning: deleted.trim() })
}
