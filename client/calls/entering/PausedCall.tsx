// The joint talk while it is paused: the same words for everybody, wherever they are meanwhile.
import { useEffect } from 'react'
import { useCallSession, useJointCall } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { callResume } from '#shared/calls/calls-protocol.ts'

interface PausedCallProps {
  /** This device was in it when it was paused, and hears again when it goes on. */
  readonly wasIn: boolean
  /** Whoever was not in it joins with the same press. */
  readonly onAsk: () => void
}

export function PausedCall({ wasIn, onAsk }: PausedCallProps) {
  const t = useTexts()
  const session = useCallSession()
  const { holds } = useJointCall()
  const announce = useAnnounce()
  const { run, busy, problem } = useCommand()
  const title = t('calls.paused.title')
  useEffect(() => announce(title), [announce, title])
  return (
    <Banner
      who="joint"
      icon="mic-off"
      title={title}
      actions={
        (holds || wasIn) && (
          <>
            {holds && (
              <Button kind="who" who="joint" busy={busy} onClick={wasIn ? () => void run(callResume, {}) : onAsk}>
                {t('calls.paused.resume')}
              </Button>
            )}
            {wasIn && !holds && (
              <Button kind="quiet" onClick={() => void session.leave()}>
                {t('calls.paused.leave')}
              </Button>
            )}
          </>
        )
      }
    >
      {problem ? <span role="alert">{problemWords(problem, t)}</span> : t('calls.paused.words')} {wasIn && t('calls.paused.you-were-in')}
    </Banner>
  )
}
