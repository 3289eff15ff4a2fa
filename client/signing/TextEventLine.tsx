// One line of a talk: what happened to the text. Said aloud once, where it has just happened.
import { useEffect } from 'react'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { TextEvent } from './text-events.ts'

/** Older ones were said before this page was there. */
const SAID_WITHIN_MS = 60_000
const said = new WeakSet<TextEvent>()

export function TextEventLine({ textEvent }: { textEvent: TextEvent }) {
  const t = useTexts()
  const f = useFormats()
  const { now } = useCaseClient()
  const { state, me } = useCase()
  const announce = useAnnounce()
  const { at, by } = textEvent
  const words = wordsOf(textEvent, { t, own: by === me.id, name: by === 'system' ? '' : (nameIn(state, by) ?? '') })
  useEffect(() => {
    if (said.has(textEvent)) return
    said.add(textEvent)
    if (now() - at < SAID_WITHIN_MS) announce(words)
  }, [textEvent, at, words, now, announce])
  return t('messaging.event', { time: f.time(at), words })
}

function wordsOf(textEvent: TextEvent, { t, own, name }: { t: Translate; own: boolean; name: string }): string {
  switch (textEvent.kind) {
    case 'closed':
      // one number, in one line
      return t('signing.told.closed', { code: textEvent.code.replaceAll(' ', '\u00a0') })
    case 'recalled':
      return t('signing.told.recalled', { reason: textEvent.reason })
    case 'declined': {
      const words = own ? t('signing.told.you-declined') : t('signing.told.declined', { name })
      return textEvent.reason === undefined ? words : t('signing.told.because', { words, reason: textEvent.reason })
    }
    case 'signed':
      return own ? t('signing.told.you-signed') : t('signing.told.signed', { name })
    case 'withdrawn':
      return own ? t('signing.told.you-withdrew') : t('signing.told.withdrew', { name })
    case 'not-closed':
    case 'opened':
    case 'released':
    case 'paper':
      return t(`signing.told.${textEvent.kind}`)
  }
}
