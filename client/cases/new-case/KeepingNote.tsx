import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import type { Keeping } from './kept-form.ts'

/** Whether the server has what stands in the form: said quietly while it does, and with the reason when it does not. */
export function KeepingNote({ keeping, onReload }: { keeping: Keeping | undefined; onReload: () => void }) {
  const t = useTexts()
  const f = useFormats()
  if (!keeping) return null
  if (keeping.kind !== 'unsaved') {
    return (
      <div role="status">
        <Muted small>{keeping.kind === 'saved' ? t('cases.keeping.saved', { time: f.time(keeping.at) }) : t('cases.keeping.saving')}</Muted>
      </div>
    )
  }
  const { problem, again } = keeping
  return (
    <Banner
      tone="warn"
      urgent
      title={t('cases.keeping.unsaved')}
      {...(problem.reason === 'cases/changed-elsewhere'
        ? { actions: <Button onClick={onReload}>{t('cases.keeping.reload')}</Button> }
        : {})}
    >
      {problemWords(problem, t)} {again && t('cases.keeping.again')}
    </Banner>
  )
}
