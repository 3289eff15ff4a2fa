// What can be pressed. A busy button keeps its place and size, says so, and cannot be pressed twice.
import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import type { Who } from '#client/ui/base/who.ts'
import './button.css'

export interface ButtonLook {
  /** plain: bordered; primary: the one next step; who: in the room's colour; quiet: no border; danger: cannot be taken back */
  readonly kind?: 'plain' | 'primary' | 'who' | 'quiet' | 'danger'
  readonly size?: 's' | 'm' | 'l'
  readonly icon?: IconName
  readonly wide?: boolean
  readonly who?: Who
}

interface ButtonProps extends ButtonLook, Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style'> {
  readonly busy?: boolean | undefined
  readonly children: ReactNode
}

export function Button({
  kind = 'plain',
  size = 'm',
  icon,
  wide = false,
  who,
  busy = false,
  type = 'button',
  onClick,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className="ui-button"
      data-kind={kind}
      data-size={size}
      data-wide={wide || undefined}
      data-who={who}
      data-busy={busy || undefined}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {busy && <span className="ui-button-progress" aria-hidden="true" />}
    </button>
  )
}

interface LinkButtonProps extends ButtonLook, Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'className' | 'style'> {
  readonly href: string
  readonly children: ReactNode
}

/** A link that looks like a button: it goes somewhere, and can be opened beside. */
export function LinkButton({ kind = 'plain', size = 'm', icon, wide = false, who, children, ...rest }: LinkButtonProps) {
  return (
    <a {...rest} className="ui-button" data-kind={kind} data-size={size} data-wide={wide || undefined} data-who={who}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </a>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'style' | 'children'> {
  readonly icon: IconName
  readonly label: string
  readonly who?: Who
}

export function IconButton({ icon, label, who, type = 'button', ...rest }: IconButtonProps) {
  return (
    <button {...rest} type={type} className="ui-button" data-kind="quiet" data-square data-who={who} aria-label={label} title={label}>
      <Icon name={icon} />
    </button>
  )
}
