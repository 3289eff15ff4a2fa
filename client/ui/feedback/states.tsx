import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import './feedback.css'

/** Grey lines where words will stand; read aloud as "loading". */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useTexts()
  return (
    <div className="ui-skeleton" role="status" aria-label={t('ui.loading')}>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
        <span key={line} />
      ))}
    </div>
  )
}

/** A whole page or panel that is on its way. */
export function Loading({ children }: { children?: ReactNode }) {
  const t = useTexts()
  return (
    <div className="ui-loading" role="status">
      <span className="ui-loading-mark" aria-hidden="true">
        <i />
        <i />
      </span>
      <span>{children ?? t('ui.loading')}</span>
    </div>
  )
}

/** Nothing here yet, and what to do first. */
export function EmptyState({
  icon,
  title,
  children,
  actions,
}: {
  icon?: IconName
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="ui-empty">
      {icon && (
        <span className="ui-empty-icon">
          <Icon name={icon} size="l" />
        </span>
      )}
      <h2>{title}</h2>
      {children && <div className="ui-empty-words">{children}</div>}
      {actions && <div className="ui-empty-actions">{actions}</div>}
    </div>
  )
}

/** Where one stands on a short way: «Step 1 of 3», and the same as a line. */
export function Steps({ step, of }: { step: number; of: number }) {
  const t = useTexts()
  return (
    <div className="ui-steps">
      <span>{t('ui.step', { step, of })}</span>
      <span className="ui-steps-line" aria-hidden="true">
        {Array.from({ length: of }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
          <i key={index} data-done={index < step || undefined} />
        ))}
      </span>
    </div>
  )
}
