// One line: whether the server has what is written here. Green means that it has said so.
import { useTexts } from '#client/i18n/texts.tsx'
import { Strip } from '#client/ui/feedback/Strip.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import type { SaveState } from './save-state.ts'

export function SaveStrip({ save, time }: { save: SaveState; time: (at: number) => string }) {
  const t = useTexts()
  switch (save.kind) {
    case 'loading':
      return <Strip state="waiting">{t('drafting.save.loading')}</Strip>
    case 'saving':
      return <Strip state="waiting">{t('drafting.save.saving')}</Strip>
    case 'saved':
      return <Strip state="ok">{t('drafting.save.saved', { time: time(save.at) })}</Strip>
    case 'offline':
      return <Strip state="offline">{save.unsent > 0 ? t('drafting.save.offlineUnsent') : t('drafting.save.offline')}</Strip>
    case 'refused':
      return <Strip state="bad">{problemWords(save.problem, t)}</Strip>
    case 'aside':
      return <Strip state="still">{t('drafting.save.aside')}</Strip>
    case 'closed':
      return (
        <Strip state={save.unsent > 0 ? 'bad' : 'ok'}>
          {save.unsent > 0 ? t('drafting.save.closedUnsent') : t('drafting.save.closed')}
        </Strip>
      )
  }
}
