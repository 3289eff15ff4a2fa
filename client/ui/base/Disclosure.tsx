import type { ReactNode } from 'react'
import { Icon } from './Icon.tsx'
import './surfaces.css'

/** What most people need not see: opened by its own words. */
export function Disclosure({ label, children }: { label: ReactNode; children: ReactNode }) {
  return (
    <details className="ui-disclosure">
      <summary>
        {label} <Icon name="down" size="s" />
      </summary>
      {children}
    </details>
  )
}
