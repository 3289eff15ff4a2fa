// The mediator's card: times are proposed, answers read, one time is fixed, moved or cancelled.
import { type ReactNode, useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card, Chip } from '#client/ui/base/surfaces.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { CasePerson } from '#shared/cases/people-state.ts'
import { meetingCancel } from '#shared/scheduling/ask-dates-protocol.ts'
import { canSetDate } from '#shared/scheduling/scheduling-policy.ts'
import { DATE_ANSWERS } from '#shared/scheduling/scheduling-protocol.ts'
import { isAhead, type Meeting, type Proposal, schedulingFold } from '#shared/scheduling/scheduling-state.ts'
import { answersByTime, answersTo } from './date-answers.ts'
import { FixDialog } from './FixDialog.tsx'
import { MeetingCard } from './MeetingCard.tsx'
import { ProposeDialog } from './ProposeDialog.tsx'
import { useWhen } from './use-when.ts'
import './reasons.ts'
import './scheduling.css'

type Open = { readonly kind: 'propose' | 'cancel' } | { readonly kind: 'fix'; readonly at?: number }

export function DatesBoard({ api }: { readonly api: AuthorisedApi }) {
  const t = useTexts()
  const now = useNow()
  const { state, me } = useCase()
  const dates = useSlice(schedulingFold, 'case') ?? schedulingFold.initial
  const [open, setOpen] = useState<Open>()
  if (!canSetDate(me, state.phase)) return null
  const { proposal } = dates
  const meeting = isAhead(dates.meeting, now) ? dates.meeting : undefined
  const close = () => setOpen(undefined)
  const propose = (
    <Button size="s" icon="calendar" onClick={() => setOpen({ kind: 'propose' })}>
      {t(proposal ? 'scheduling.board.propose-again' : 'scheduling.board.propose')}
    </Button>
  )
  return (
    <>
      {meeting && (
        <MeetingCard
          meeting={meeting}
          api={api}
          actions={
            <Row wrap>
              <Button size="s" onClick={() => setOpen({ kind: 'fix', at: meeting.at })}>
                {t('scheduling.board.move')}
              </Button>
              <Button size="s" kind="quiet" onClick={() => setOpen({ kind: 'cancel' })}>
                {t('scheduling.board.cancel')}
              </Button>
              {propose}
            </Row>
          }
        />
      )}
      {proposal ? (
        <Answers proposal={proposal} onFix={(at) => setOpen({ kind: 'fix', at })} actions={propose} />
      ) : (
        !meeting && (
          <Card as="section" tight>
            <Stack gap={3}>
              <h2>{t('scheduling.board.title')}</h2>
              <Muted>{t('scheduling.board.words')}</Muted>
              <Row wrap>
                {propose}
                <Button size="s" kind="quiet" onClick={() => setOpen({ kind: 'fix' })}>
                  {t('scheduling.board.fix-at-once')}
                </Button>
              </Row>
            </Stack>
          </Card>
        )
      )}
      {open?.kind === 'propose' && <ProposeDialog onClose={close} />}
      {open?.kind === 'fix' && <FixDialog dates={dates} meeting={meeting} at={open.at} onClose={close} />}
      {open?.kind === 'cancel' && meeting && <CancelDialog meeting={meeting} onClose={close} />}
    </>
  )
}

/** Who cannot come is nobody's concern but the mediator's: a screen gets shared, so names stand here only once they are asked for. */
function Answers({ proposal, onFix, actions }: { proposal: Proposal; onFix: (at: number) => void; actions: ReactNode }) {
  const t = useTexts()
  const { state } = useCase()
  const asked = answersTo(proposal, useView(), state)
  const whenOf = useWhen()
  const [shown, setShown] = useState(false)
  const count = asked.filter(({ answers }) => answers).length
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <Row justify="between" wrap>
          <h2>{t('scheduling.board.proposed')}</h2>
          <Button size="s" icon={shown ? 'eye-off' : 'eye'} onClick={() => setShown(!shown)}>
            {t(shown ? 'scheduling.board.hide' : 'scheduling.board.show')}
          </Button>
        </Row>
        <Muted>{t('scheduling.board.answered', { count, all: asked.length })}</Muted>
        <ul className="scheduling-times">
          {answersByTime(proposal, asked).map(({ at, suitsRequired, by }) => (
            <li key={at}>
              <Row justify="between" wrap>
                <span>{whenOf(at, proposal.zone).words}</span>
                <Button size="s" onClick={() => onFix(at)}>
                  {t('scheduling.board.fix')}
                </Button>
              </Row>
              {shown && (
                <>
                  {suitsRequired && (
                    <Chip icon="check" tone="good">
                      {t('scheduling.board.suits')}
                    </Chip>
                  )}
                  {[...DATE_ANSWERS, 'open' as const].map(
                    (answer) => by[answer].length > 0 && <Names key={answer} of={answer} people={by[answer]} />,
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
        {shown &&
          asked.map(
            ({ person, isRequired, words }) => (isRequired || words) && <Note key={person.id} {...{ person, isRequired, words }} />,
          )}
        <Row wrap>{actions}</Row>
      </Stack>
    </Card>
  )
}

function Names({ of, people }: { of: (typeof DATE_ANSWERS)[number] | 'open'; people: readonly CasePerson[] }) {
  const t = useTexts()
  const called = useShortNames()
  return (
    <p className="scheduling-names" data-answer={of}>
      <b>{t(`scheduling.board.${of}`)}</b> {people.map(({ name }) => called(name)).join(', ')}
    </p>
  )
}

function Note({ person, isRequired, words }: { person: CasePerson; isRequired: boolean; words: string | undefined }) {
  const t = useTexts()
  return (
    <p>
      <b>{person.name}</b> {isRequired && <Muted as="span">{t('scheduling.board.needed')}</Muted>} {words}
    </p>
  )
}

function CancelDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const when = useWhen()(meeting.at, meeting.zone)
  return (
    <ConfirmDialog
      title={t('scheduling.cancel.title')}
      confirm={t('scheduling.cancel.confirm')}
      kind="danger"
      busy={busy}
      problem={problem}
      act={() => run(meetingCancel, { meetingId: meeting.meetingId })}
      onClose={onClose}
    >
      <p>{t('scheduling.cancel.words', { when: when.words })}</p>
    </ConfirmDialog>
  )
}
