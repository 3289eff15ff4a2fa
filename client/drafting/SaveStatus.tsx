// One line: whether the server has what is written here. Green means that it has said so.
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { SyncStatus } from '#client/ui/feedback/SyncStatus.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import type { SaveState, Unsent } from './save-state.ts'

interface SaveStatusProps {
  readonly save: SaveState
  readonly time: (at: number) => string
  /** Whether this person may write now: nobody else is promised that they can. */
  readonly writable: boolean
}

export function SaveStatus({ save, time, writable }: SaveStatusProps) {
  const t = useTexts()
  switch (save.kind) {
    case 'loading':
      return <SyncStatus state="waiting">{t('drafting.save.loading')}</SyncStatus>
    case 'saving':
      return <SyncStatus state="waiting">{t('drafting.save.saving')}</SyncStatus>
    case 'saved':
      return <SyncStatus state="ok">{t('drafting.save.saved', { time: time(save.at) })}</SyncStatus>
    case 'offline':
      return <SyncStatus state="offline">{offlineWords(save.unsent, writable, t)}</SyncStatus>
    case 'refused':
      return <SyncStatus state="bad">{problemWords(save.problem, t)}</SyncStatus>
    case 'aside':
      return <SyncStatus state="still">{t('drafting.save.aside')}</SyncStatus>
    case 'closed':
      // that it is being closed is said once, by the notice above the text
      return save.unsent === 'nothing' ? null : <SyncStatus state="bad">{t('drafting.save.closedUnsent')}</SyncStatus>
  }
}

/** A device that keeps nothing is not said to keep anything. */
function offlineWords(unsent: Unsent, writable: boolean, t: Translate): string {
  switch (unsent) {
    case 'on-device':
      return t('drafting.save.offlineUnsent')
    case 'being-kept':
      return t('drafting.save.offlineKeeping')
    case 'on-page':
      return t('drafting.save.offlineUnkept')
    case 'nothing':
      return writable ? t('drafting.save.offline') : t('drafting.save.offlineReading')
  }
}
