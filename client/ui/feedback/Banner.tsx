import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import type { Who } from '#client/ui/base/who.ts'
import './feedback.css'

type Tone = 'info' | 'warn' | 'bad' | 'good'

interface BannerProps {
  readonly tone?: Tone
  /** Coloured as a room's: an invitation into a caucus, for one. */
  readonly who?: Who
  readonly icon?: IconName
  readonly title?: ReactNode
  readonly children?: ReactNode
  readonly actions?: ReactNode
  /** A sign to press, where the one that closes it would stand. */
  readonly corner?: ReactNode
  readonly onClose?: () => void
  /** Where there is little height its title and its actions are enough: it leads to where the rest is said. */
  readonly brief?: boolean
  /** Shown only where nothing else is said before it. */
  readonly canWait?: boolean
  /** Above a talk on a phone it is not there while a question is asked: that has its words and its answers in sight. */
  readonly givesWay?: boolean
  /** Spoken when it appears. */
  readonly urgent?: boolean
}

const ICONS: Readonly<Record<Tone, IconName>> = { info: 'info', warn: 'warn', bad: 'warn', good: 'check-circle' }

export function Banner({
  tone = 'info',
  who,
  icon,
  title,
  children,
  actions,
  corner,
  onClose,
  brief,
  canWait,
  givesWay,
  urgent = false,
}: BannerProps) {
  const t = useTexts()
  return (
    <div
      className="ui-banner"
      data-tone={tone}
      data-who={who}
      data-brief={brief || undefined}
      data-can-wait={canWait || undefined}
      data-gives-way={givesWay || undefined}
      role={urgent ? 'alert' : 'note'}
    >
      <Icon name={icon ?? ICONS[tone]} />
      <div className="ui-banner-words">
        {title && <strong>{title}</strong>}
        {children && <div>{children}</div>}
        {actions && <div className="ui-banner-actions">{actions}</div>}
      </div>
      {corner && <div className="ui-banner-corner">{corner}</div>}
      {onClose && <IconButton icon="x" label={t('ui.close')} onClick={onClose} />}
    </div>
  )
}
