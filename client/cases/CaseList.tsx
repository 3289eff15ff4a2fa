// Lines of cases, and the way to the older ones.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { sideHue } from '#client/ui/base/who.ts'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import type { CaseSummary } from '#shared/cases/case-routes.ts'
import { PhaseChip } from './PhaseChip.tsx'
import { RoomLink } from './RoomLink.tsx'
import type { ListOfCases } from './use-case-list.ts'

export function CaseList({ list: { cases = [], fetchMore, request } }: { list: ListOfCases }) {
  const t = useTexts()
  return (
    <Stack gap={4}>
      <ul className="ui-card-list">
        {cases.map((summary) => (
          <CaseLine key={summary.caseId} summary={summary} />
        ))}
      </ul>
      {request.problem && fetchMore && <ErrorState problem={request.problem} onRetry={fetchMore} />}
      {fetchMore && !request.problem && (
        <div>
          <Button busy={request.busy} onClick={fetchMore}>
            {t('cases.more')}
          </Button>
        </div>
      )}
    </Stack>
  )
}

function CaseLine({ summary }: { summary: CaseSummary }) {
  const t = useTexts()
  const f = useFormats()
  const { caseId, title, category, openedAt, sides, phase, inSession } = summary
  return (
    <Card as="li" tight>
      <article className="case-line">
        <Stack gap={2}>
          <h2 className="case-line-title">
            <a href={`/office/cases/${caseId}`}>{title}</a>
          </h2>
          <div className="case-sides">
            {sides.map((side, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a side's colour is its place
              <Chip key={index} who={sideHue(index)}>
                {side}
              </Chip>
            ))}
          </div>
          <Muted small>
            {t(`cases.category.${category}`)} · {t('cases.opened', { date: f.date(openedAt) })}
          </Muted>
        </Stack>
        <div className="case-line-end">
          <PhaseChip phase={phase} inSession={inSession} />
          <RoomLink caseId={caseId} />
        </div>
      </article>
    </Card>
  )
}
