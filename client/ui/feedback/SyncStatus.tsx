import type { ReactNode } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import './feedback.css'

/** ok: the server has it; waiting: on its way; offline: no connection, nothing is lost; bad: refused or not saved; still: nothing is
 * written here. */
export type SyncState = 'ok' | 'waiting' | 'offline' | 'bad' | 'still'

const ICONS: Readonly<Record<SyncState, IconName>> = { ok: 'check', waiting: 'clock', offline: 'wifi-off', bad: 'warn', still: 'lock' }

/** One line on whether what was written has arrived. Turns green only when the server has it. */
export function SyncStatus({ state, children, end }: { state: SyncState; children: ReactNode; end?: ReactNode }) {
  return (
    <p className="ui-sync-status" data-state={state}>
      <Icon name={ICONS[state]} size="s" />
      <span>{children}</span>
      {end && <span className="ui-sync-status-end">{end}</span>}
    </p>
  )
}
