import type { ReactNode } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import './disclosure.css'

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
