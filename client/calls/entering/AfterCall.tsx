// Why the sound here has ended without the person's doing, and what can be done.
import { useEffect } from 'react'
import { MEGABYTE } from '#client/calls/media/data-meter.ts'
import type { WhyOut } from '#client/calls/own-call.ts'
import { type Numbers, Telephone } from '#client/calls/Telephone.tsx'
import { useCallSession } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { problemWords, type ShownProblem } from '#client/ui/problem-words.ts'
import { useStore } from '#client/ui/state/use-store.ts'

interface AfterCallProps extends Numbers {
  readonly why: WhyOut | ShownProblem
  /** Undefined where the room is no longer theirs. */
  readonly again: (() => void) | undefined
}

/** Megabytes that one press allows more. */
const MORE = 20

/** What one can do about by joining again. */
const ONCE_MORE: readonly (WhyOut | ShownProblem)[] = ['cut', 'taken-over']

export function AfterCall({ why, again, phones }: AfterCallProps) {
  const t = useTexts()
  const session = useCallSession()
  const announce = useAnnounce()
  const { allowed } = useStore(session.watch.heard).data
  const words = typeof why === 'string' ? t(`calls.after.${why}`) : problemWords(why, t)
  useEffect(() => announce(words), [announce, words])
  const failed = typeof why !== 'string'
  return (
    <Banner
      tone={failed || why === 'cut' || why === 'data' ? 'warn' : 'info'}
      icon="mic-off"
      onClose={() => session.dismiss()}
      actions={
        again && (
          <>
            {why === 'data' && (
              <Button
                onClick={() => {
                  session.watch.allow((allowed ?? 0) + MORE * MEGABYTE)
                  again()
                }}
              >
                {t('calls.after.more', { megabytes: MORE })}
              </Button>
            )}
            {(failed || ONCE_MORE.includes(why)) && <Button onClick={again}>{t('calls.after.again')}</Button>}
          </>
        )
      }
    >
      {words}
      {(failed || why === 'data' || why === 'cut') && <Telephone phones={phones} />}
    </Banner>
  )
}
