// A short list of further acts behind one button: opened over everything (popover), walked with the arrow keys.
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import './menu.css'

export interface MenuItem {
  readonly id: string
  readonly label: string
  readonly note?: string
  readonly icon?: IconName
  readonly danger?: boolean
  /** Shown with a check: one of several choices. */
  readonly checked?: boolean
  /** Its check stands for itself, not for one of several choices. */
  readonly alone?: boolean
  /** A line above: another kind of thing begins. */
  readonly apart?: boolean
  /** Below whatever else the menu holds: rarely wished for. */
  readonly last?: boolean
  readonly onSelect: () => void
}

export function Menu({ label, icon = 'more', text, items }: { label: string; icon?: IconName; text?: string; items: readonly MenuItem[] }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const id = useId()
  const close = (refocus: boolean) => {
    setOpen(false)
    if (refocus) button.current?.focus()
  }
  return (
    <>
      <button
        ref={button}
        type="button"
        className="ui-button"
        data-kind="quiet"
        data-square={text === undefined || undefined}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={text === undefined ? label : `${label}: ${text}`}
        title={label}
        onClick={() => setOpen(!open)}
      >
        <Icon name={icon} />
        {text !== undefined && <span>{text}</span>}
      </button>
      {open && <MenuList id={id} label={label} items={items} anchor={button} close={close} />}
    </>
  )
}

interface MenuListProps {
  readonly id: string
  readonly label: string
  readonly items: readonly MenuItem[]
  readonly anchor: { readonly current: HTMLElement | null }
  readonly close: (refocus: boolean) => void
}

function MenuList({ id, label, items, anchor, close }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const [menu, place] = [list.current, anchor.current?.getBoundingClientRect()]
    if (!menu || !place) return
    menu.showPopover?.()
    const below = place.bottom + 6
    menu.style.top = `${below + menu.offsetHeight > window.innerHeight ? Math.max(8, place.top - menu.offsetHeight - 6) : below}px`
    menu.style.left = `${Math.max(8, Math.min(place.right - menu.offsetWidth, window.innerWidth - menu.offsetWidth - 8))}px`
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus()
  }, [anchor])
  useEffect(() => {
    const outside = (event: Event) => {
      if (event.target instanceof Node && !list.current?.contains(event.target) && !anchor.current?.contains(event.target)) close(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  })
  const walk = (event: KeyboardEvent) => {
    const entries = [...(list.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]
    // indexOf only compares; an element outside the menu gives -1
    const here = entries.indexOf(document.activeElement as HTMLElement)
    const target = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: entries.length - 1 }[event.key]
    if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault()
      event.stopPropagation()
      close(true)
    } else if (target !== undefined) {
      event.preventDefault()
      entries.at(target % entries.length)?.focus()
    }
  }
  return (
    <div ref={list} id={id} popover="manual" role="menu" tabIndex={-1} aria-label={label} className="ui-menu" onKeyDown={walk}>
      {items.map((item) => (
        <button
          key={item.id}
          type="button"
          tabIndex={-1}
          role={item.checked === undefined ? 'menuitem' : item.alone ? 'menuitemcheckbox' : 'menuitemradio'}
          {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
          className="ui-menu-item"
          data-danger={item.danger || undefined}
          data-apart={item.apart || undefined}
          onClick={() => {
            close(true)
            item.onSelect()
          }}
        >
          {item.icon && <Icon name={item.icon} />}
          <span className="ui-menu-words">
            {item.label}
            {item.note && <small>{item.note}</small>}
          </span>
          {item.checked && <Icon name="check" size="s" />}
        </button>
      ))}
    </div>
  )
}
