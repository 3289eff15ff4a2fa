// The office around every page of staff: where one is, the few other places, one's own account.
import type { ReactNode } from 'react'
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { LanguageSwitch } from '#client/ui/actions/LanguageSwitch.tsx'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { useThemeItems } from '#client/ui/actions/theme.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { Tabs } from '#client/ui/frame/Tabs.tsx'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import { useAccount, useStaff } from './use-staff.tsx'
import './office.css'

interface OfficeFrameProps {
  readonly width?: 'narrow' | 'normal' | 'wide'
  readonly children: ReactNode
}

export function OfficeFrame({ width = 'normal', children }: OfficeFrameProps) {
  const t = useTexts()
  const account = useAccount()
  const staff = useStaff()
  const { api } = useTools()
  const [path, navigate] = useLocation()
  const leaving = useRequest()
  const themes = useThemeItems()
  const sink = useLoad('installation', async () => (await api.call(installationLook, {})).sink).state
  const places = [
    { href: '/office', label: t('identity.office.cases'), shown: true },
    { href: '/office/people', label: t('identity.office.people'), shown: account.role === 'owner' },
    { href: '/office/messages', label: t('identity.office.messages'), shown: sink.kind === 'here' && sink.value },
  ].filter(({ shown }) => shown)
  const signOut = () =>
    leaving.run(async () => {
      // first away, so that nobody is asked to sign in again at once
      navigate('/')
      await staff.signOut()
    })
  const header = (
    <div>
      <header className="ui-header">
        <a href="/office" className="ui-header-home" aria-label="Bitim">
          <Logo word />
        </a>
        <div className="ui-header-title" />
        <LanguageSwitch />
        <Menu
          label={t('identity.office.account')}
          icon="person"
          items={[
            {
              id: 'profile',
              label: account.profile.name,
              note: t('identity.office.profile'),
              icon: 'settings',
              onSelect: () => navigate('/office/profile'),
            },
            ...themes,
            { id: 'out', label: t('identity.office.sign-out'), icon: 'leave', onSelect: () => void signOut() },
          ]}
        />
      </header>
      {places.length > 1 && (
        <Tabs label={t('identity.office')} tabs={places.map(({ href, label }) => ({ href, label, current: isHere(href, path) }))} />
      )}
    </div>
  )
  return (
    <PageFrame header={header} width={width}>
      {leaving.problem && <ProblemBanner problem={leaving.problem} onClose={leaving.clear} />}
      {children}
    </PageFrame>
  )
}

function isHere(href: string, path: string): boolean {
  if (href !== '/office') return path === href
  return path === href || path.startsWith('/office/new') || path.startsWith('/office/cases/')
}
