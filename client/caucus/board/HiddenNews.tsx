// Private words on the board: that there are some, and nothing of them before "Show". Shown, they are read, and stay until they are hidden.
import { type RefObject, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSeen } from '#client/messaging/use-seen.ts'
import { useReadMarks, useUnread } from '#client/messaging/use-unread.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'

export function HiddenNews({ audience }: { audience: Audience }) {
  const t = useTexts()
  const { state } = useCase()
  const marks = useReadMarks()
  /** What had been read when they were shown; undefined while they are hidden. */
  const [shownFrom, setShownFrom] = useState<number>()
  const fresh = useUnread()(audience, shownFrom)
  const shown = shownFrom !== undefined
  const box = useSeen(audience, shown ? fresh.at(-1)?.seq : undefined)
  if (fresh.length === 0) return null
  return (
    <div className="caucus-board-news" ref={box as RefObject<HTMLDivElement>}>
      <div className="caucus-board-news-head">
        <span>{t('caucus.board.news', { count: fresh.length })}</span>
        <Button size="s" onClick={() => setShownFrom(shown ? undefined : (marks.state()[audience] ?? 0))}>
          {shown ? t('caucus.board.hide') : t('caucus.board.show')}
        </Button>
      </div>
      {shown &&
        fresh.map(({ seq, by, author = by, text }) => (
          <p key={seq} data-seq={seq} className="caucus-board-words">
            <b>{nameIn(state, author)}</b> {text}
          </p>
        ))}
    </div>
  )
}
