// A part of a screen that breaks takes nothing else with it: its neighbours stay, and it can be opened again.
import { Component, type ReactNode, useContext } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords, type ShownProblem } from '#client/ui/problem-words.ts'
import { faultOf } from './fault-of.ts'
import { ReloadContext } from './reload.ts'
import { EmptyState } from './states.tsx'

export interface BrokenPart {
  readonly problem: ShownProblem
  /** Builds the part anew, with nothing left of the broken one. */
  readonly again: () => void
}

interface PartBoundaryProps {
  readonly children: ReactNode
  /** What is shown; when it becomes another, a broken part is tried anew. Not a `key`: that would build a whole part anew and take its focus. */
  readonly of?: string
  readonly fallback?: (part: BrokenPart) => ReactNode
  readonly onFault?: () => void
}

export class PartBoundary extends Component<PartBoundaryProps, { problem: ShownProblem | undefined }> {
  override state = { problem: undefined as ShownProblem | undefined }

  static getDerivedStateFromError(error: unknown): { problem: ShownProblem } {
    return { problem: faultOf(error) }
  }

  override componentDidCatch() {
    this.props.onFault?.()
  }

  override componentDidUpdate(before: PartBoundaryProps) {
    if (before.of !== this.props.of && this.state.problem) this.#again()
  }

  readonly #again = () => this.setState({ problem: undefined })

  override render() {
    const { children, fallback } = this.props
    const { problem } = this.state
    if (!problem) return children
    const part = { problem, again: this.#again }
    return fallback ? fallback(part) : <PartFailed {...part} />
  }
}

interface PartFailedProps extends BrokenPart {
  readonly title?: ReactNode
  readonly children?: ReactNode
}

export function PartFailed({ problem, again, title, children }: PartFailedProps) {
  const t = useTexts()
  const reload = useContext(ReloadContext)
  return (
    <div role="alert">
      <EmptyState
        icon={problem.kind === 'offline' ? 'wifi-off' : 'warn'}
        title={title ?? t('ui.part.title')}
        actions={
          <>
            <Button icon="refresh" onClick={again}>
              {t('ui.part.again')}
            </Button>
            {problem.kind === 'unsupported' && (
              <Button kind="quiet" onClick={reload}>
                {t('ui.part.reload')}
              </Button>
            )}
          </>
        }
      >
        {problem.kind !== 'internal' && <p>{problem.kind === 'unsupported' ? t('ui.part.newer') : problemWords(problem, t)}</p>}
        {children ?? <p>{t('ui.part.text')}</p>}
      </EmptyState>
    </div>
  )
}
