import { useEffect, useRef } from 'react'
import type { RequestAction } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'

/** The first link is made at once; a further one only after the mediator has read what becomes of the one before. */
export function MakeLink({ making, make, voidsEarlier }: { making: RequestAction; make: () => Promise<boolean>; voidsEarlier: boolean }) {
  const t = useTexts()
  const begun = useRef(false)
  useEffect(() => {
    if (voidsEarlier || begun.current) return
    begun.current = true
    void make()
  }, [voidsEarlier, make])
  if (making.problem) {
    return (
      <Stack gap={3}>
        <ProblemBanner problem={making.problem} />
        <Button icon="refresh" onClick={() => void make()}>
          {t('ui.retry')}
        </Button>
      </Stack>
    )
  }
  if (!voidsEarlier) return <Loading />
  return (
    <Stack gap={4}>
      <Banner tone="warn">{t('identity.link.voids')}</Banner>
      <Button kind="primary" icon="link" busy={making.busy} onClick={() => void make()}>
        {t('identity.link.make')}
      </Button>
    </Stack>
  )
}
