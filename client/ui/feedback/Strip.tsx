import type { ReactNode } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.tsx'
import './feedback.css'

/** ok: the server has it; waiting: on its way; offline: no line, nothing is lost; bad: refused or not saved; still: nothing is
 * written here. */
export type StripState = 'ok' | 'waiting' | 'offline' | 'bad' | 'still'

const ICONS: Readonly<Record<StripState, IconName>> = { ok: 'check', waiting: 'clock', offline: 'wifi-off', bad: 'warn', still: 'lock' }

/** One line on whether what was written has arrived. Turns green only when the server has it. */
export function Strip({ state, children, end }: { state: StripState; children: ReactNode; end?: ReactNode }) {
  return (
    <p className="ui-strip" data-state={state}>
      <Icon name={ICONS[state]} size="s" />
      <span>{children}</span>
      {end && <span className="ui-strip-end">{end}</span>}
    </p>
  )
}
