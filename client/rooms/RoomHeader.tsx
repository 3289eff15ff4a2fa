// The head of every screen inside a case: which case, whether everything has arrived, and the menu in which one can always leave.
import { type ReactNode, useContext } from 'react'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Menu, type MenuItem } from '#client/ui/actions/Menu.tsx'
import { useThemeItems } from '#client/ui/actions/theme.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { LOCALES } from '#shared/kernel/locale.ts'
import { QuickExitContext } from './quick-exit.ts'
import { RoomSyncStatus } from './RoomSyncStatus.tsx'
import './rooms.css'

interface RoomHeaderProps {
  readonly title: string
  readonly note?: string
  readonly held?: number
  /** The page has no heading of its own: the case's title is it. */
  readonly heading?: boolean
  readonly items: readonly MenuItem[]
  readonly children?: ReactNode
}

const NAMES = { kk: 'Қазақша', ru: 'Русский', en: 'English' } as const

export function RoomHeader({ title, note, held = 0, heading = false, items, children }: RoomHeaderProps) {
  const t = useTexts()
  const { locale, choose } = useLocale()
  const themes = useThemeItems()
  const exit = useContext(QuickExitContext)
  const languages = LOCALES.map((each, index) => ({
    id: `language-${each}`,
    apart: index === 0,
    label: NAMES[each],
    checked: each === locale,
    onSelect: () => choose(each),
  }))
  const leaving = items.filter(({ last }) => last).map((item) => ({ ...item, apart: true }))
  return (
    <>
      <Logo />
      <div className="ui-header-title rooms-title">
        {heading ? <h1>{title}</h1> : <span>{title}</span>}
        {note && <small>{note}</small>}
      </div>
      <RoomSyncStatus held={held} />
      {children}
      <Menu
        label={t('rooms.menu')}
        items={[
          ...items.filter(({ last }) => !last),
          ...languages,
          ...themes.map((theme, index) => ({ ...theme, apart: index === 0 })),
          ...leaving,
        ]}
      />
      {exit && <IconButton icon="leave" label={t('rooms.exit')} onClick={exit} />}
    </>
  )
}
