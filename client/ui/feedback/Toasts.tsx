import type { ReactNode } from 'react'
import './feedback.css'

/** Where toasts float: above the lower edge, over everything. */
export function Toasts({ children }: { children: ReactNode }) {
  return <div className="ui-toasts">{children}</div>
}
