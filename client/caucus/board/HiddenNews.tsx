// Private words on the board: that there are some, and nothing of them before "Show".
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { valuesOf } from '#shared/log/seq-map.ts'
import { messagingFold } from '#shared/messaging/messaging-state.ts'

export function HiddenNews({ audience, unread }: { audience: Audience; unread: number }) {
  const t = useTexts()
  const { state, me } = useCase()
  const [shown, setShown] = useState(false)
  const { messages } = useSlice(messagingFold, audience) ?? messagingFold.initial
  if (unread === 0) return null
  const fresh = valuesOf(messages)
    .filter(({ by, text }) => by !== me.id && text !== undefined)
    .slice(-unread)
  return (
    <div className="caucus-board-news">
      <div className="caucus-board-news-head">
        <span>{t('caucus.board.news', { count: unread })}</span>
        <Button size="s" onClick={() => setShown(!shown)}>
          {shown ? t('caucus.board.hide') : t('caucus.board.show')}
        </Button>
      </div>
      {shown &&
        fresh.map(({ seq, by, text }) => (
          <p key={seq} className="caucus-board-words">
            <b>{nameIn(state, by)}</b> {text}
          </p>
        ))}
    </div>
  )
}
