// A mediator's cases, those at work first.
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { sideHue } from '#client/ui/base/who.ts'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Skeleton } from '#client/ui/feedback/states.tsx'
import { type CaseSummary, caseList } from '#shared/cases/case-routes.ts'
import { PhaseChip } from './PhaseChip.tsx'
import { RoomLink } from './RoomLink.tsx'
import './cases.css'

export function OfficeScreen() {
  const t = useTexts()
  const call = useStaffCall()
  const { state, reload } = useLoad('cases', async () => (await call(caseList, {})).cases)
  const open = (
    <LinkButton href="/office/new" kind="primary" icon="plus">
      {t('cases.open')}
    </LinkButton>
  )
  return (
    <OfficeFrame>
      <Stack gap={5}>
        <div className="office-head">
          <h1>{t('cases.office')}</h1>
          {state.kind === 'here' && state.value.length > 0 && open}
        </div>
        {state.kind === 'loading' && <Skeleton lines={6} />}
        {state.kind === 'refused' && <ErrorState problem={state.problem} onRetry={() => void reload()} />}
        {state.kind === 'here' && state.value.length === 0 && (
          <Card>
            <EmptyState icon="scales" title={t('cases.empty')} actions={open}>
              <p>{t('cases.empty.text')}</p>
            </EmptyState>
          </Card>
        )}
        {state.kind === 'here' && state.value.length > 0 && <Cases cases={state.value} />}
      </Stack>
    </OfficeFrame>
  )
}

function Cases({ cases }: { cases: readonly CaseSummary[] }) {
  const t = useTexts()
  const ended = cases.filter(({ phase }) => phase === 'closed')
  return (
    <>
      <ul className="office-list">
        {cases
          .filter(({ phase }) => phase !== 'closed')
          .map((summary) => (
            <CaseLine key={summary.caseId} summary={summary} />
          ))}
      </ul>
      {ended.length > 0 && (
        <Stack gap={3} as="section">
          <h2>{t('cases.ended')}</h2>
          <ul className="office-list">
            {ended.map((summary) => (
              <CaseLine key={summary.caseId} summary={summary} />
            ))}
          </ul>
        </Stack>
      )}
    </>
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
