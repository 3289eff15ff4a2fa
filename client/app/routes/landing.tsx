// What this is, for whoever comes by: in a minute, without being talked into anything.
import type { ReactNode } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import type { IconName } from '#client/ui/base/icon-shapes.ts'
import { Logo } from '#client/ui/base/Logo.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { installationLook } from '#shared/identity/installation-protocol.ts'
import './landing.css'

export function LandingRoute() {
  const t = useTexts()
  return (
    <PageFrame width="wide">
      <div className="app-landing">
        <header className="app-landing-head">
          <div>
            <h1>{t('app.landing.title')}</h1>
            <p>{t('app.landing.lead')}</p>
          </div>
          <span className="app-landing-mark" aria-hidden="true">
            <Logo size="l" />
          </span>
        </header>
        <InstallationNotice />
        <section className="app-landing-steps" aria-label={t('app.landing.steps')}>
          <ol>
            <Step number={1} title={t('app.landing.step-1')} text={t('app.landing.step-1.text')} />
            <Step number={2} title={t('app.landing.step-2')} text={t('app.landing.step-2.text')} />
            <Step number={3} title={t('app.landing.step-3')} text={t('app.landing.step-3.text')} />
          </ol>
        </section>
        <div className="app-landing-ways">
          <Way title={t('app.landing.invited')} text={t('app.landing.invited.text')} icon="link" />
          <Way title={t('app.landing.mediator')} text={t('app.landing.mediator.text')} icon="scales">
            <LinkButton href="/office" kind="primary" wide>
              {t('app.landing.sign-in')}
            </LinkButton>
          </Way>
          <Way title={t('app.landing.verify')} text={t('app.landing.verify.text')} icon="shield">
            <LinkButton href="/verify" wide>
              {t('app.landing.verify.action')}
            </LinkButton>
          </Way>
        </div>
        <ul className="app-landing-promises">
          <Promised icon="lock" title={t('app.landing.apart')} text={t('app.landing.apart.text')} />
          <Promised icon="eye-off" title={t('app.landing.record')} text={t('app.landing.record.text')} />
          <Promised icon="leave" title={t('app.landing.leave')} text={t('app.landing.leave.text')} />
        </ul>
      </div>
    </PageFrame>
  )
}

/** Said only where it matters: nobody has set this installation up yet, or all of it is made up. */
function InstallationNotice() {
  const t = useTexts()
  const { api } = useTools()
  const { state } = useLoad('installation', () => api.call(installationLook, {}))
  if (state.kind !== 'here') return null
  if (!state.value.ready) {
    return (
      <Banner tone="warn" title={t('app.landing.not-ready')}>
        {t('app.landing.not-ready.text')}
      </Banner>
    )
  }
  if (!state.value.demo) return null
  return <Banner title={t('app.landing.demo')}>{t('app.landing.demo.text')}</Banner>
}

function Step({ number, title, text }: { number: number; title: string; text: string }) {
  return (
    <li>
      <span className="app-landing-number" aria-hidden="true">
        {number}
      </span>
      <div>
        <h2>{title}</h2>
        <p>{text}</p>
      </div>
    </li>
  )
}

function Way({ title, text, icon, children }: { title: string; text: string; icon: IconName; children?: ReactNode }) {
  return (
    <Card as="section">
      <Stack gap={3} className="app-landing-way">
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
