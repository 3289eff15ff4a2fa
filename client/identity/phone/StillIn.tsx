// Somebody else of the case is in on this phone and never gave it away: before the one who has it now goes on, they do, or their session here ends.
import { useEffect, useRef, useState } from 'react'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { PageFrame } from '#client/ui/frame/PageFrame.tsx'
import { HandOver } from './HandOver.tsx'

export interface StillInShown {
  readonly name: string
  /** Asks the server to hold their session. */
  readonly ask: (code: string | undefined) => Promise<void>
  readonly onGiven: () => void
  /** Ends their session on this device. */
  readonly end: () => Promise<void>
  readonly onEnded: () => void
}

export function StillIn({ name, ask, onGiven, end, onEnded }: StillInShown) {
  const t = useTexts()
  const { run, busy, problem } = useRequest()
  const [giving, setGiving] = useState(false)
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => head.current?.focus(), [])
  const finish = async () => {
    if (await run(end)) onEnded()
  }
  return (
    <PageFrame width="narrow">
      <Stack gap={5}>
        <h1 ref={head} tabIndex={-1}>
          {t('identity.phone.still', { name })}
        </h1>
        <p>{t('identity.phone.still.text', { name })}</p>
        {problem && <ProblemBanner problem={problem} />}
        <Button kind="primary" size="l" wide onClick={() => setGiving(true)}>
          {t('identity.phone.still.give', { name })}
        </Button>
        <Stack gap={3}>
          <Button size="l" wide busy={busy} onClick={() => void finish()}>
            {t('identity.phone.still.end', { name })}
          </Button>
          <Muted small>{t('identity.phone.still.end.text')}</Muted>
        </Stack>
      </Stack>
      {giving && <HandOver unsent={false} {...{ ask, onGiven }} onClose={() => setGiving(false)} />}
    </PageFrame>
  )
}
