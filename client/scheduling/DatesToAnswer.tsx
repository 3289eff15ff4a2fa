// Which of the proposed times suit: answered by each person alone, read by the mediator alone.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { directAudience } from '#shared/kernel/audience.ts'
import { datesAnswer } from '#shared/scheduling/ask-dates-protocol.ts'
import { canAnswerDates } from '#shared/scheduling/scheduling-policy.ts'
import { DATE_ANSWERS, type DateAnswer, MAX_ANSWER_WORDS } from '#shared/scheduling/scheduling-protocol.ts'
import { type DatesAnswered, dateAnswersFold, type Proposal } from '#shared/scheduling/scheduling-state.ts'
import { useWhen } from './use-when.ts'
import './reasons.ts'
import './scheduling.css'

export function DatesToAnswer({ proposal }: { readonly proposal: Proposal }) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const last = useSlice(dateAnswersFold, directAudience(me.id))?.answered
  const answered = last?.proposalId === proposal.proposalId ? last : undefined
  const [changing, setChanging] = useState(false)
  if (!canAnswerDates(me, state.phase)) return null
  return (
    <Card tight as="section">
      <Stack gap={3}>
        <h2>{t('scheduling.answer.title')}</h2>
        {answered && !changing ? (
          <>
            <p role="status">{t('scheduling.answer.sent', { time: f.time(answered.at) })}</p>
            <Button size="s" onClick={() => setChanging(true)}>
              {t('scheduling.answer.change')}
            </Button>
          </>
        ) : (
          // other times are another form
          <AnswerForm key={proposal.proposalId} proposal={proposal} before={answered} onDone={() => setChanging(false)} />
        )}
      </Stack>
    </Card>
  )
}

interface Filled {
  /** By the place of the time. */
  readonly chosen: Readonly<Partial<Record<number, DateAnswer>>>
  readonly words: string
}

interface AnswerFormProps {
  readonly proposal: Proposal
  readonly before: DatesAnswered | undefined
  readonly onDone: () => void
}

function AnswerForm({ proposal: { proposalId, times, zone }, before, onDone }: AnswerFormProps) {
  const t = useTexts()
  const whenOf = useWhen()
  const { run, busy, problem } = useCommand()
  const form = useUnsentForm<Filled>(`dates:${proposalId}`, { chosen: { ...before?.answers }, words: before?.words ?? '' })
  const { chosen, words } = form.value
  const answers = times.flatMap((_time, place) => chosen[place] ?? [])
  const isWhole = answers.length === times.length
  const options = DATE_ANSWERS.map((value) => ({ value, label: t(`scheduling.answer.${value}`) }))
  const send = async () => {
    const said = words.trim()
    if (!(await run(datesAnswer, { proposalId, answers, ...(said === '' ? {} : { words: said }) }))) return
    form.sent(form.value)
    onDone()
  }
  return (
    <>
      <Muted>{t('scheduling.answer.private')}</Muted>
      {times.map((at, index) => {
        const when = whenOf(at, zone)
        return (
          <div key={at} className="scheduling-time">
            <RadioGroup
              label={
                <>
                  {when.words}
                  {when.own && <small className="scheduling-own">{when.own}</small>}
                </>
              }
              options={options}
              value={chosen[index]}
              onChange={(value) => form.write({ words, chosen: { ...chosen, [index]: value } })}
              columns
            />
          </div>
        )
      })}
      <Field label={t('scheduling.answer.words')} optional>
        <TextArea value={words} onChange={(next) => form.write({ chosen, words: next })} maxLength={MAX_ANSWER_WORDS} line />
      </Field>
      {problem && <ProblemBanner problem={problem} />}
      {!isWhole && <Muted small>{t('scheduling.answer.missing')}</Muted>}
      <Row wrap>
        <Button kind="who" who="mediators" busy={busy} disabled={!isWhole} onClick={() => void send()}>
          {t('scheduling.answer.send')}
        </Button>
        <Button kind="quiet" onClick={() => form.write({ words, chosen: { ...times.map(() => 'no' as const) } })}>
          {t('scheduling.answer.none')}
        </Button>
      </Row>
    </>
  )
}
