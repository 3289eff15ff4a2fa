import { useEffect, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Toasts } from '#client/ui/feedback/Toasts.tsx'
import type { UpdateWatch } from './update-watch.ts'

/** A calm line: a newer version is there. Unsent words stay where they are until the person reloads. */
export function UpdateBanner({ updates }: { updates: UpdateWatch }) {
  const t = useTexts()
  const [waiting, setWaiting] = useState(false)
  useEffect(() => updates.subscribe(setWaiting), [updates])
  if (!waiting) return null
  return (
    <Toasts>
      <Banner
        icon="refresh"
        title={t('app.update')}
        onClose={() => setWaiting(false)}
        actions={
          <Button kind="primary" onClick={() => updates.take()}>
            {t('app.update.reload')}
          </Button>
        }
      >
        {t('app.update.note')}
      </Banner>
    </Toasts>
  )
}
