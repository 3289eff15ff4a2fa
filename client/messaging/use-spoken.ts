import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { personView } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import { changesOf, lastValue, type SeqMap, valueAt } from '#shared/log/seq-map.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { removedWords } from './removed-words.ts'

/** Speaks what others say, and what is taken away, in the room that is shown, from the moment it is shown. */
export function useSpoken(audience: Audience, messages: SeqMap<Message>): void {
  const t = useTexts()
  const f = useFormats()
  const announce = useAnnounce()
  const { state, me } = useCase()
  const heard = useRef({ audience, messages })
  useEffect(() => {
    const before = heard.current
    heard.current = { audience, messages }
    if (before.audience !== audience) return
    const last = lastValue(before.messages)?.seq ?? 0
    const said: string[] = []
    const gone: string[] = []
    for (const [seq, message] of changesOf(before.messages, messages)) {
      const { by, author, text, removed } = message
      if (seq > last && by !== me.id && text !== undefined)
        said.push(t('messaging.announce', { name: personView(state, author)?.name ?? '', text }))
      if (removed && valueAt(before.messages, seq)?.text !== undefined)
        gone.push(removedWords(message, removed, { t, f, state, me: me.id }))
    }
    // What is spoken of a removal takes the place of what was spoken before: the page keeps no words that are destroyed.
    const words = [...said, ...gone]
    if (words.length > 0) announce(words.join('. '))
  }, [audience, messages, announce, t, f, state, me.id])
}
