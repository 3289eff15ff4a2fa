// Centred pages: joining, signing in, the office, verifying. The header is the same everywhere, the width is the page's.
import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { LanguageSwitch, useLanguageItems } from '#client/ui/actions/LanguageSwitch.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { ThemeSwitch } from '#client/ui/actions/theme.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { Narrow, Wide } from '#client/ui/base/layout.tsx'
import './frame.css'

interface PageHeaderProps {
  /** Where the logo leads; without it the logo is only a sign (a person who joins has nowhere else to go). */
  readonly home?: string
  /** Beside the logo: where one is. */
  readonly title?: ReactNode
  /** Before the language switch. */
  readonly children?: ReactNode
}

export function PageHeader({ home, title, children }: PageHeaderProps) {
  const t = useTexts()
  const languages = useLanguageItems()
  const logo = <Logo word={title === undefined} />
  return (
    <header className="ui-header">
      {home === undefined ? (
        logo
      ) : (
        <a href={home} className="ui-header-home" aria-label="Bitim">
          {logo}
        </a>
      )}
      <div className="ui-header-title">{title}</div>
      {children}
      {title === undefined ? (
        <LanguageSwitch />
      ) : (
        <>
          <Wide>
            <LanguageSwitch />
          </Wide>
          <Narrow>
            <Menu label={t('i18n.language')} icon="globe" items={languages} />
          </Narrow>
        </>
      )}
      <ThemeSwitch />
    </header>
  )
}

interface PageFrameProps {
  readonly header?: ReactNode
  /** narrow: one thing a screen; normal: reading; wide: tables and boards */
  readonly width?: 'narrow' | 'normal' | 'wide'
  readonly footer?: ReactNode
  readonly children: ReactNode
}

export function PageFrame({ header = <PageHeader />, width = 'normal', footer, children }: PageFrameProps) {
  const t = useTexts()
  return (
    <div className="ui-page">
      <a className="ui-skip" href="#content">
        {t('ui.skip')}
      </a>
      {header}
      <main id="content" tabIndex={-1} className="ui-page-main" data-width={width}>
        {children}
      </main>
      {footer && <footer className="ui-page-footer">{footer}</footer>}
    </div>
  )
}

/** Buttons that stay at the lower edge of a phone's screen and close the page elsewhere. */
export function PageActions({ even = false, children }: { even?: boolean; children: ReactNode }) {
  return (
    <div className="ui-page-actions" data-even={even || undefined}>
      {children}
    </div>
  )
}
