// Above the held part of a conversation: fetches what was said before it, by itself when one reads back that far, or by its button.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient, useHeldFrom, useOlderState } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import type { Audience } from '#shared/kernel/audience.ts'

/** How long before one comes to the beginning it is asked for. */
const AHEAD = '800px 0px 0px'

export function OlderWords({ audience }: { audience: Audience }) {
  const t = useTexts()
  const { olderWords } = useCaseClient()
  const from = useHeldFrom(audience)?.from
  const state = useOlderState(audience)
  const box = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: behind each page that came it is looked again
  useEffect(() => {
    const here = box.current
    if (!here || state !== 'idle' || typeof IntersectionObserver === 'undefined') return
    const watch = new IntersectionObserver((told) => told.at(-1)?.isIntersecting && olderWords.fetch(audience), {
      root: here.closest('.ui-scroll'),
      rootMargin: AHEAD,
    })
    watch.observe(here)
    return () => watch.disconnect()
  }, [olderWords, audience, from, state])
  // The button goes with the last page: whoever goes by keyboard stays in the conversation.
  useEffect(() => {
    const here = box.current
    const scroller = here?.closest<HTMLElement>('.ui-scroll')
    return () => {
      if (here?.contains(document.activeElement)) scroller?.focus()
    }
  }, [])
  return (
    <div ref={box} className="messaging-older">
      {state === 'failed' && <p role="alert">{t('rooms.older.failed')}</p>}
      <Button size="s" busy={state === 'coming'} onClick={() => olderWords.fetch(audience)}>
        {state === 'failed' ? t('ui.retry') : state === 'coming' ? t('rooms.older.coming') : t('rooms.older.fetch')}
      </Button>
    </div>
  )
}
