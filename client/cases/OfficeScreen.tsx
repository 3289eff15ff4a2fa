// A mediator's cases, those at work first.
import { useWait } from '#client/http/use-wait.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { LinkButton } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { EmptyState, Skeleton } from '#client/ui/feedback/states.tsx'
import { CaseList } from './CaseList.tsx'
import { UnfinishedList, useUnfinished } from './UnfinishedList.tsx'
import { type ListOfCases, useCaseList } from './use-case-list.ts'
import './cases.css'
import './reasons.ts'

export function OfficeScreen() {
  const t = useTexts()
  const running = useCaseList('running')
  const closed = useCaseList('closed')
  const unfinished = useUnfinished()
  const problem = running.problem ?? closed.problem
  const wait = useWait(problem)
  const isHere = running.cases !== undefined && closed.cases !== undefined && (unfinished.lines ?? unfinished.problem) !== undefined
  const isEmpty = isHere && running.cases.length + closed.cases.length + (unfinished.lines?.length ?? 0) === 0
  const open = (
    <LinkButton href="/office/new" kind="primary" icon="plus">
      {t('cases.open')}
    </LinkButton>
  )
  const reload = () => void Promise.all([running.reload(), closed.reload()])
  return (
    <OfficeFrame>
      <Stack gap={5}>
        <div className="ui-page-head">
          <h1>{t('cases.office')}</h1>
          {isHere && !isEmpty && open}
        </div>
        {!isHere && !problem && <Skeleton lines={6} />}
        {problem && <ErrorState problem={problem} onRetry={reload} wait={wait} />}
        {isEmpty && (
          <Card>
            <EmptyState icon="scales" title={t('cases.empty')} actions={open}>
              <p>{t('cases.empty.text')}</p>
            </EmptyState>
          </Card>
        )}
        {isHere && <UnfinishedList forms={unfinished} />}
        {isHere && !isEmpty && <Cases running={running} closed={closed} headed={(unfinished.lines ?? []).length > 0} />}
      </Stack>
    </OfficeFrame>
  )
}

/** `headed`: something else stands above, from which the cases have to be told. */
function Cases({ running, closed, headed }: { running: ListOfCases; closed: ListOfCases; headed: boolean }) {
  const t = useTexts()
  const hasRunning = running.cases !== undefined && running.cases.length > 0
  const hasClosed = closed.cases !== undefined && closed.cases.length > 0
  return (
    <>
      {hasRunning && (
        <Stack gap={3} as="section">
          {headed && <h2>{t('cases.running')}</h2>}
          <CaseList list={running} />
        </Stack>
      )}
      {hasClosed && (
        <Stack gap={3} as="section">
          <h2>{t('cases.ended')}</h2>
          <CaseList list={closed} />
        </Stack>
      )}
    </>
  )
}
