import type { ReactNode } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.tsx'
import { Logo } from '#client/ui/base/Logo.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import './landing.css'

export function LandingRoute() {
  const t = useTexts()
  return (
    <PageFrame width="wide">
      <div className="landing">
        <header className="landing-head">
          <span className="landing-mark">
            <Logo size="l" />
          </span>
          <h1>{t('app.landing.title')}</h1>
          <p>{t('app.landing.lead')}</p>
        </header>
        <div className="landing-ways">
          <Way title={t('app.landing.invited')} text={t('app.landing.invited.text')} icon="link" />
          <Way title={t('app.landing.mediator')} text={t('app.landing.mediator.text')} icon="scales">
            <LinkButton href="/sign-in" kind="primary" wide>
              {t('app.landing.sign-in')}
            </LinkButton>
          </Way>
          <Way title={t('app.landing.verify')} text={t('app.landing.verify.text')} icon="shield">
            <LinkButton href="/verify" wide>
              {t('app.landing.verify.action')}
            </LinkButton>
          </Way>
        </div>
        <ul className="landing-promises">
          <Promised icon="lock" title={t('app.landing.apart')} text={t('app.landing.apart.text')} />
          <Promised icon="eye-off" title={t('app.landing.record')} text={t('app.landing.record.text')} />
          <Promised icon="leave" title={t('app.landing.leave')} text={t('app.landing.leave.text')} />
        </ul>
      </div>
    </PageFrame>
  )
}

function Way({ title, text, icon, children }: { title: string; text: string; icon: IconName; children?: ReactNode }) {
  return (
    <Card as="section">
      <Stack gap={3} className="landing-way">
        <h2>
          <Icon name={icon} /> {title}
        </h2>
        <p>{text}</p>
        {children}
      </Stack>
    </Card>
  )
}

function Promised({ icon, title, text }: { icon: IconName; title: string; text: string }) {
  return (
    <li>
      <Icon name={icon} />
      <div>
        <h3>{title}</h3>
        <Muted small>{text}</Muted>
      </div>
    </li>
  )
}
