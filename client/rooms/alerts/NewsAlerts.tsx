// Tells of something new by sound and notification, and asks once whether it may: after the person's first own words.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Alerts } from './alerts.ts'
import { useAlerts } from './use-alerts.ts'

export interface NewsToTell {
  /** What is new and not yet seen. */
  readonly count: number
  /** What was new already when the page was opened. */
  readonly known: number
  /** The person has written something since the page was opened. */
  readonly spoke: boolean
}

export function NewsAlerts(props: NewsToTell) {
  return <NewsAlertsBy {...props} alerts={useAlerts()} />
}

/** Words that come before one's eyes are seen by then, and tell nothing. */
const TOLD_AFTER = 500

export function NewsAlertsBy({ count, known: before, spoke, alerts }: NewsToTell & { readonly alerts: Alerts }) {
  const t = useTexts()
  const { timers } = useCaseClient()
  const { permission, asked } = useStore(alerts)
  const words = t('rooms.alerts.notice')
  const known = useRef(before)
  useEffect(() => {
    if (count <= known.current) {
      known.current = count
      return
    }
    return timers.after(TOLD_AFTER, () => {
      known.current = count
      alerts.news(words)
    })
  }, [count, alerts, words, timers])
  useEffect(() => {
    const back = () => {
      if (document.visibilityState === 'visible') alerts.back()
    }
    document.addEventListener('visibilitychange', back)
    window.addEventListener('focus', back)
    return () => {
      document.removeEventListener('visibilitychange', back)
      window.removeEventListener('focus', back)
    }
  }, [alerts])
  if (!spoke || asked || permission !== 'default') return null
  return (
    <Banner
      brief
      canWait
      icon="info"
      title={t('rooms.alerts.question')}
      onClose={() => alerts.putOff()}
      actions={
        <>
          <Button onClick={() => void alerts.allow()}>{t('rooms.alerts.question.yes')}</Button>
          <Button kind="quiet" onClick={() => alerts.putOff()}>
            {t('rooms.alerts.question.no')}
          </Button>
        </>
      }
    >
      {t('rooms.alerts.says')}
    </Banner>
  )
}
