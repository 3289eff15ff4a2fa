// Words that could not be saved, with the reason and a button to copy them. Light: may be shown beside any screen of the case.
import { useSyncExternalStore } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { CopyButton } from '#client/ui/actions/CopyButton.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { keptWordsOf } from './kept-words.ts'
import './kept-words.css'

/** Of a whole document that was pasted, a phone would spend minutes laying out what nobody reads here. */
const SHOWN = 2000

export function KeptWordsNotice() {
  const t = useTexts()
  const kept = keptWordsOf(useCaseClient())
  const words = useSyncExternalStore(kept.subscribe, kept.list)
  if (words.length === 0) return null
  const text = words.join('\n\n')
  return (
    <Banner
      tone="warn"
      urgent
      title={t('drafting.kept.title')}
      actions={<CopyButton text={text}>{t('drafting.kept.copy')}</CopyButton>}
      onClose={() => kept.clear()}
    >
      <p>{t('drafting.kept.why')}</p>
      <blockquote className="draft-kept">{text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}</blockquote>
      {text.length > SHOWN && <p>{t('drafting.kept.beginning')}</p>}
    </Banner>
  )
}
