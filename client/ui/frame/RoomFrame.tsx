// The room at full height. From 1200 px three columns; from 800 the people come in a drawer; below, one at a time with tabs.
import { type ReactNode, useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { TabBar, type TabBarItem } from './TabBar.tsx'
import { watchKeyboard } from './watch-keyboard.ts'
import './frame.css'

export type RoomPart = 'talk' | 'draft' | 'side'

interface RoomFrameProps {
  readonly header: ReactNode
  /** Who is where, and help. A column, a drawer, or the third tab. */
  readonly side: ReactNode
  readonly talk: ReactNode
  /** Without a draft there are two columns and two tabs. */
  readonly draft?: ReactNode
  readonly draftLabel?: string
  readonly part: RoomPart
  readonly onPart: (part: RoomPart) => void
  readonly tabs: ReadonlyArray<TabBarItem & { readonly id: RoomPart }>
  readonly sideLabel: string
  readonly drawerOpen: boolean
  readonly onDrawer: (open: boolean) => void
  /** Between header and columns: an update, an invitation, a lost connection. */
  readonly banner?: ReactNode
}

export function RoomFrame({
  header,
  side,
  talk,
  draft,
  draftLabel,
  part,
  onPart,
  tabs,
  sideLabel,
  drawerOpen,
  onDrawer,
  banner,
}: RoomFrameProps) {
  const t = useTexts()
  const frame = useRef<HTMLDivElement>(null)
  const sideBox = useRef<HTMLElement>(null)
  useEffect(() => {
    if (drawerOpen) sideBox.current?.querySelector<HTMLElement>('button')?.focus()
  }, [drawerOpen])
  useEffect(() => (frame.current ? watchKeyboard(frame.current) : undefined), [])
  return (
    <div
      ref={frame}
      className="ui-room"
      data-part={part}
      data-drawer={drawerOpen || undefined}
      data-draft={draft !== undefined || undefined}
    >
      <header className="ui-room-top">
        <div className="ui-header">
          <span className="ui-room-drawer-button">
            <IconButton icon="menu" label={sideLabel} aria-expanded={drawerOpen} onClick={() => onDrawer(!drawerOpen)} />
          </span>
          {header}
        </div>
        {banner && <div className="ui-room-banner ui-banners">{banner}</div>}
      </header>
      <button type="button" className="ui-room-backdrop" tabIndex={-1} aria-label={t('ui.close')} onClick={() => onDrawer(false)} />
      <aside
        ref={sideBox}
        className="ui-room-side"
        aria-label={sideLabel}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && drawerOpen) onDrawer(false)
        }}
      >
        <span className="ui-room-drawer-close">
          <IconButton icon="x" label={t('ui.close')} onClick={() => onDrawer(false)} />
        </span>
        {side}
      </aside>
      <main className="ui-room-talk">{talk}</main>
      {draft !== undefined && (
        <section className="ui-room-draft" aria-label={draftLabel}>
          {draft}
        </section>
      )}
      <TabBar label={t('ui.parts')} items={tabs} current={part} onChange={onPart} />
    </div>
  )
}
