import { useTexts } from '#client/i18n/texts.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import { Dot } from '#client/ui/base/surfaces.tsx'
import './tab-bar.css'

export interface TabBarItem {
  readonly id: string
  readonly label: string
  readonly icon: IconName
  readonly unread?: number
}

/** The lower edge of a phone's screen: one part at a time. */
export function TabBar<Item extends TabBarItem>({
  label,
  items,
  current,
  onChange,
}: {
  label: string
  items: readonly Item[]
  current: Item['id']
  onChange: (id: Item['id']) => void
}) {
  const t = useTexts()
  return (
    <nav className="ui-tabbar" aria-label={label}>
      {items.map((item) => (
        <button key={item.id} type="button" aria-current={item.id === current ? 'true' : undefined} onClick={() => onChange(item.id)}>
          <span className="ui-tabbar-icon">
            <Icon name={item.icon} />
            {item.unread ? <Dot count={item.unread} label={t('ui.unread', { count: item.unread })} /> : null}
          </span>
          <span>{item.label}</span>
        </button>
      ))}
    </nav>
  )
}
