// The draft looks like paper: serif, generous lines, numbers in the margin. The document font comes with it.
import type { ReactNode } from 'react'
import type { Who } from '#client/ui/base/who.ts'
import '#client/ui/styles/document-fonts.css'
import './paper.css'

export function Paper({ label, children }: { label?: string; children: ReactNode }) {
  return (
    <article className="ui-paper" aria-label={label}>
      {children}
    </article>
  )
}

/** A numbered clause for reading; the editor uses the same class names. */
export function Clause({ number, who, children, foot }: { number: string; who?: Who; children: ReactNode; foot?: ReactNode }) {
  return (
    <div className="ui-clause" data-who={who}>
      <span className="ui-clause-number">{number}</span>
      <div>{children}</div>
      {foot && <div className="ui-clause-foot">{foot}</div>}
    </div>
  )
}
