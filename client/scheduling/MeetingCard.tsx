// The day that is fixed, for everybody alike: when, where, how far, and an entry for one's own calendar.
import type { ReactNode } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { saveFile } from '#client/http/save-file.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useNow } from '#client/rooms/use-now.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { calendarDownload } from '#shared/scheduling/scheduling-routes.ts'
import type { Meeting } from '#shared/scheduling/scheduling-state.ts'
import { useWhen } from './use-when.ts'
import { untilWords } from './when.ts'

interface MeetingCardProps {
  readonly meeting: Meeting
  readonly api: AuthorisedApi
  /** What a mediator may do about it. */
  readonly actions?: ReactNode
}

export function MeetingCard({ meeting, api, actions }: MeetingCardProps) {
  const t = useTexts()
  const when = useWhen()(meeting.at, meeting.zone)
  const now = useNow()
  const { kind, words } = meeting.place
  if (meeting.isCancelled) {
    return (
      <Card tight as="section">
        <Stack gap={2}>
          <h2>{t('scheduling.meeting.title')}</h2>
          <p>{t('scheduling.meeting.cancelled', { when: when.words })}</p>
          {actions}
        </Stack>
      </Card>
    )
  }
  return (
    <Card tight as="section">
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h2>{t('scheduling.meeting.title')}</h2>
          <Chip icon="clock">{untilWords(meeting, now, t)}</Chip>
        </Row>
        <Stack gap={1}>
          <p>
            <strong>{when.words}</strong>
          </p>
          {when.own && <p>{when.own}</p>}
          <p>{kind === 'address' ? t('scheduling.place.at', { address: words ?? '' }) : t(`scheduling.place.${kind}`)}</p>
          {kind !== 'address' && words && <p>{words}</p>}
          <Muted small>{t('scheduling.meeting.lasts', { count: meeting.minutes })}</Muted>
        </Stack>
        <CalendarButton api={api} />
        {actions}
      </Stack>
    </Card>
  )
}

function CalendarButton({ api }: Pick<MeetingCardProps, 'api'>) {
  const t = useTexts()
  const { locale } = useLocale()
  const { caseId } = useCaseClient()
  const { busy, problem, run } = useRequest()
  const save = async () => saveFile(await api.download(calendarDownload, { caseId, language: locale }), calendarDownload.mediaType)
  return (
    <Stack gap={1}>
      {problem && <ProblemBanner problem={problem} />}
      <Button size="s" icon="calendar" busy={busy} onClick={() => void run(save)}>
        {t('scheduling.meeting.calendar')}
      </Button>
      <Muted small>{t('scheduling.meeting.calendar-words')}</Muted>
    </Stack>
  )
}
