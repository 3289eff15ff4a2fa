import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { problemWords, type ShownProblem } from '#client/ui/problem-words.ts'
import { Banner } from './Banner.tsx'
import { EmptyState } from './states.tsx'

/** What went wrong in the person's words, with the number that finds it in the server's log. */
/** `wait`: seconds until trying again makes sense. */
export function ErrorState({ problem, onRetry, wait = 0 }: { problem: ShownProblem; onRetry?: () => void; wait?: number }) {
  const t = useTexts()
  return (
    <EmptyState
      icon={problem.kind === 'offline' ? 'wifi-off' : 'warn'}
      title={problem.kind === 'offline' ? t('ui.problem.offline-title') : t('ui.problem.title')}
      actions={
        onRetry && (
          <Button icon="refresh" onClick={onRetry} disabled={wait > 0}>
            {wait > 0 ? t('ui.wait', { seconds: wait }) : t('ui.retry')}
          </Button>
        )
      }
    >
      <p>{problemWords(problem, t)}</p>
      {problem.id && <Muted small>{t('ui.problem.number', { id: problem.id })}</Muted>}
    </EmptyState>
  )
}

/** The same in one line above a form. */
export function ProblemBanner({ problem, onClose }: { problem: ShownProblem; onClose?: () => void }) {
  const t = useTexts()
  return (
    <Banner tone="bad" urgent icon={problem.kind === 'offline' ? 'wifi-off' : 'warn'} {...(onClose ? { onClose } : {})}>
      {problemWords(problem, t)}
      {problem.id && <Muted small>{t('ui.problem.number', { id: problem.id })}</Muted>}
    </Banner>
  )
}
