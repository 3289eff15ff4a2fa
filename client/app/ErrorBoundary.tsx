// When a screen breaks, words instead of a white page.
import { Component, type ContextType, type ReactNode } from 'react'
import { firstJoinOf } from '#client/app/first-join/first-join.ts'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { faultOf } from '#client/ui/feedback/fault-of.ts'
import { ReloadContext } from '#client/ui/feedback/reload.ts'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { ShownProblem } from '#client/ui/problem-words.ts'

export class ErrorBoundary extends Component<{ children: ReactNode }, { problem: ShownProblem | undefined }> {
  static override contextType = ReloadContext
  declare context: ContextType<typeof ReloadContext>
  override state = { problem: undefined as ShownProblem | undefined }

  static getDerivedStateFromError(error: unknown): { problem: ShownProblem } {
    return { problem: faultOf(error) }
  }

  override componentDidCatch() {
    firstJoinOf(document).end()
  }

  override render() {
    const { problem } = this.state
    if (!problem) return this.props.children
    return (
      <PageFrame header={<PageHeader home="/" />} width="narrow">
        <ErrorState problem={problem} onRetry={this.context} />
      </PageFrame>
    )
  }
}
