// The only ways in which screens put things beside and below each other; spacing goes in steps of the tokens.
import type { ReactNode } from 'react'
import './layout.css'

type Gap = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7
type LayoutTag = 'div' | 'section' | 'ul' | 'ol' | 'li' | 'form' | 'main' | 'header' | 'footer' | 'nav' | 'span' | 'article'

interface LayoutProps {
  readonly gap?: Gap
  readonly as?: Exclude<LayoutTag, 'form'>
  readonly className?: string
  readonly children: ReactNode
}

export function Stack({
  gap = 4,
  as: Tag = 'div',
  align = 'stretch',
  className = '',
  children,
}: LayoutProps & { align?: 'stretch' | 'start' | 'center' }) {
  return (
    <Tag className={`ui-stack ${className}`} data-gap={gap} data-align={align}>
      {children}
    </Tag>
  )
}

export function Row({
  gap = 2,
  as: Tag = 'div',
  align = 'center',
  justify = 'start',
  wrap = false,
  className = '',
  children,
}: LayoutProps & { align?: 'center' | 'start' | 'end' | 'baseline'; justify?: 'start' | 'between' | 'center' | 'end'; wrap?: boolean }) {
  return (
    <Tag className={`ui-row ${className}`} data-gap={gap} data-align={align} data-justify={justify} data-wrap={wrap || undefined}>
      {children}
    </Tag>
  )
}

/** Takes the room that is left in a Row. */
export function Spacer() {
  return <span className="ui-spacer" />
}

/** As many equal columns as fit; at least `min` wide. */
export function Grid({ min = 'm', gap = 4, children }: { min?: 's' | 'm' | 'l'; gap?: Gap; children: ReactNode }) {
  return (
    <div className="ui-grid" data-min={min} data-gap={gap}>
      {children}
    </div>
  )
}

/** Only from 800 px, or only below: for headers, never for content. */
export function Wide({ children }: { children: ReactNode }) {
  return <span className="ui-wide">{children}</span>
}
export function Narrow({ children }: { children: ReactNode }) {
  return <span className="ui-narrow">{children}</span>
}

/** Read aloud, not seen. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="ui-hidden">{children}</span>
}

/** Quiet words: explanations, times, counts. */
export function Muted({
  as: Tag = 'p',
  small = false,
  children,
}: {
  as?: 'p' | 'span' | 'small' | 'div'
  small?: boolean
  children: ReactNode
}) {
  return (
    <Tag className="ui-muted" data-small={small || undefined}>
      {children}
    </Tag>
  )
}
