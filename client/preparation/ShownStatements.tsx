// What each has said before all, as their own words.
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { shownStatementsFold } from '#shared/preparation/preparation-state.ts'
import './preparation.css'

export function ShownStatements() {
  const t = useTexts()
  const { state } = useCase()
  const shown = useSlice(shownStatementsFold, 'all') ?? []
  return (
    <Stack gap={4}>
      <Muted small>{t('preparation.shown.words')}</Muted>
      {shown.map(({ participantId, text }) => (
        <article key={participantId}>
          <h3>{t('preparation.board.says', { name: nameIn(state, participantId) ?? '' })}</h3>
          <blockquote className="preparation-words">{text}</blockquote>
        </article>
      ))}
    </Stack>
  )
}
