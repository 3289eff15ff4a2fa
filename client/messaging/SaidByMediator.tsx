// In the waiting room: what the mediator has written to the person who waits, without a way there.
import type { RefObject } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Muted } from '#client/ui/base/layout.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'
import { useSeen } from './use-seen.ts'
import { useUnread } from './use-unread.ts'
import './messaging.css'

/** The last of it; all of it stands in the talk. */
const SHOWN = 3

export function SaidByMediator({ audience }: { audience: Audience }) {
  const t = useTexts()
  const f = useFormats()
  const { me, state } = useCase()
  const { messages } = useSlice(messagingFold, audience) ?? messagingFold.initial
  const box = useSeen(audience, useUnread()(audience).at(-1)?.seq)
  const said = valuesOf(messages)
    .filter(({ by, text }) => by !== me.id && text !== undefined)
    .slice(-SHOWN)
  if (said.length === 0) return null
  return (
    <section className="ui-card messaging-said" data-who="mediators" data-tight ref={box as RefObject<HTMLElement>} aria-live="polite">
      <h2>{t('rooms.waiting.said')}</h2>
      {said.map(({ seq, at, text, author, released }) => (
        <p key={seq} data-seq={seq}>
          {released && <b>{nameIn(state, author)}: </b>}
          {text}{' '}
          <Muted as="span" small>
            {f.time(at)}
          </Muted>
        </p>
      ))}
    </section>
  )
}
