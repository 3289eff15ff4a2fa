// When a screen breaks, words instead of a white page. A chunk that cannot be fetched is a lost line or a new version, not a fault.
import { Component, type ReactNode } from 'react'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'

export class ErrorBoundary extends Component<{ children: ReactNode }, { problem: ShownProblem | undefined }> {
  override state = { problem: undefined as ShownProblem | undefined }

  static getDerivedStateFromError(error: unknown): { problem: ShownProblem } {
    return { problem: problemOf(error) }
  }

  override render() {
    const { problem } = this.state
    if (!problem) return this.props.children
    return (
      <PageFrame header={<PageHeader home="/" />} width="narrow">
        <ErrorState problem={problem} onRetry={() => window.location.reload()} />
      </PageFrame>
    )
  }
}

function problemOf(error: unknown): ShownProblem {
  const fetching = error instanceof TypeError && /import|fetch|load/i.test(error.message)
  if (!fetching) return { kind: 'internal' }
  return navigator.onLine ? { kind: 'unsupported' } : { kind: 'offline' }
}
