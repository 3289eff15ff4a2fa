// The first screen of an invited person: one name, one field, one button. Nothing else is known to this page before the code.
import { useEffect, useLayoutEffect } from 'react'
import { useWait } from '#client/http/use-wait.ts'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import type { OpenPerson } from '#client/identity/sessions/person-sessions.ts'
import { Icon } from '#client/ui/base/Icon.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Loading, Steps } from '#client/ui/feedback/states.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import type { FirstJoin } from './begun.ts'
import { CodeForm } from './CodeForm.tsx'
import { OpenOutside } from './OpenOutside.tsx'
import { useJoin } from './use-join.ts'
import { useLinkSecret } from './use-link-secret.ts'
import '#client/identity/reasons.ts'
import './join.css'

interface JoinScreenProps {
  /** Has to stay the same function: another one looks at the link again. */
  readonly onOpen: (person: OpenPerson) => void
  /** This link's person has given the phone away. Has to stay the same function, too. */
  readonly onHeld: (person: OpenPerson) => void
  /** The code is being typed, and the connection has nothing else to do. */
  readonly onAsked?: () => void
  readonly first?: FirstJoin
}

export function JoinScreen({ onOpen, onHeld, onAsked, first }: JoinScreenProps) {
  const t = useTexts()
  const { suggest } = useLocale()
  const { secret, hold } = useLinkSecret()
  const join = useJoin({ secret, onOpen, onHeld, onLanguage: suggest, sent: first?.sent })
  const { state } = join
  const isLooking = state.kind === 'looking'
  useLayoutEffect(() => {
    if (!isLooking) first?.end()
  }, [isLooking, first])
  useEffect(() => () => first?.end(), [first])
  const isTyping = state.kind === 'code' && !join.entering
  useEffect(() => {
    if (isTyping && onAsked) return whenIdle(onAsked)
  }, [isTyping, onAsked])
  const wait = useWait(state.kind === 'unreachable' ? state.problem : undefined)
  switch (state.kind) {
    case 'looking':
      return (
        <PageFrame width="narrow">
          <Loading>{t('identity.join.looking')}</Loading>
        </PageFrame>
      )
    case 'no-link':
      return (
        <PageFrame width="narrow">
          <EmptyState icon="link" title={t('identity.join.no-link')}>
            <p>{t('identity.join.no-link.text')}</p>
          </EmptyState>
        </PageFrame>
      )
    case 'unknown-link':
      return (
        <PageFrame width="narrow">
          <EmptyState icon="link" title={t('identity.join.unknown')}>
            <p>{t('identity.join.unknown.text')}</p>
          </EmptyState>
        </PageFrame>
      )
    case 'unreachable':
      return (
        <PageFrame width="narrow">
          <ErrorState problem={state.problem} wait={wait} onRetry={() => void join.look()} />
        </PageFrame>
      )
    case 'code':
      return (
        <PageFrame width="narrow">
          <div className="identity-join">
            <Steps step={1} of={3} />
            <Stack gap={3}>
              <h1>{t('identity.join.title', { name: state.mediatorName })}</h1>
              <p>{t('identity.join.lead')}</p>
            </Stack>
            {secret !== undefined && <OpenOutside secret={secret} />}
            <Card>
              <CodeForm
                begun={first}
                notice={state.notice}
                busy={join.entering}
                onMine={hold}
                onCode={(code, keep) => void join.enter(code, keep)}
              />
            </Card>
            <div className="identity-join-promise">
              <Icon name="shield" />
              <Muted small>{t('identity.join.promise')}</Muted>
            </div>
          </div>
        </PageFrame>
      )
  }
}

/** Safari has no such call, and fetches what is asked for last. */
function whenIdle(run: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    run()
    return () => undefined
  }
  const idle = requestIdleCallback(run)
  return () => cancelIdleCallback(idle)
}
