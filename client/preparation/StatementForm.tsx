// One's own opening statement: what all may read one day, and what the mediator alone reads. What is said of it is what is true of it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useDeviceKeeps, useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { directAudience } from '#shared/kernel/audience.ts'
import { cleanText } from '#shared/kernel/text/clean-text.ts'
import { canWriteStatement } from '#shared/preparation/preparation-policy.ts'
import { type StatementState, statementFold } from '#shared/preparation/preparation-state.ts'
import { MAX_STATEMENT_LENGTH, type StatementPart, statementAllow, statementWrite } from '#shared/preparation/statement-protocol.ts'
import './reasons.ts'
import './preparation.css'

export function StatementForm() {
  const t = useTexts()
  const { state, me } = useCase()
  const own = useSlice(statementFold, directAudience(me.id)) ?? statementFold.initial
  if (!canWriteStatement(me, state.phase)) return <Muted>{t('preparation.statement.over')}</Muted>
  return (
    <Stack gap={5}>
      <Muted>{t('preparation.statement.words')}</Muted>
      <Part part="all" own={own} />
      <Part part="mediator" own={own} />
    </Stack>
  )
}

function Part({ part, own }: { part: StatementPart; own: StatementState }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const sent = own[part]
  const form = useUnsentForm(`statement:${part}`, sent.text)
  const text = form.value
  const isChanged = cleanText('message', text) !== sent.text
  const isFrozen = part === 'all' && own.shownAt !== undefined
  const send = async () => {
    if (await run(statementWrite, { part, text })) form.sent(text)
  }
  if (isFrozen) {
    return (
      <Stack gap={2}>
        <h3>{t('preparation.statement.all')}</h3>
        <p className="preparation-words">{sent.text}</p>
        <State part={part} own={own} isChanged={false} />
      </Stack>
    )
  }
  return (
    <Stack gap={2}>
      <Field label={t(`preparation.statement.${part}`)} hint={t(`preparation.statement.${part}-hint`)}>
        <TextArea value={text} onChange={form.write} maxLength={MAX_STATEMENT_LENGTH} />
      </Field>
      {problem && <ProblemBanner problem={problem} />}
      <State part={part} own={own} isChanged={isChanged} />
      <Row wrap>
        {isChanged && (
          <Button kind="who" who="mediators" busy={busy} onClick={() => void send()}>
            {t(text === '' ? 'preparation.statement.take-back' : 'preparation.statement.send')}
          </Button>
        )}
        {part === 'all' && !isChanged && sent.text !== '' && (
          <Button busy={busy} onClick={() => void run(statementAllow, { allowed: !own.isAllowed, written: sent.written })}>
            {t(own.isAllowed ? 'preparation.statement.forbid' : 'preparation.statement.allow')}
          </Button>
        )}
      </Row>
    </Stack>
  )
}

/** Who reads it now, and who later; where it lies while it is unsent. */
function State({ part, own, isChanged }: { part: StatementPart; own: StatementState; isChanged: boolean }) {
  const t = useTexts()
  const f = useFormats()
  const keeps = useDeviceKeeps()
  const { at, text } = own[part]
  const unsent = isChanged && t(keeps ? 'preparation.statement.unsent-kept' : 'preparation.statement.unsent')
  const lines = [
    ...(unsent ? [unsent] : []),
    ...(text === '' ? [] : [t(isChanged ? 'preparation.statement.earlier' : 'preparation.statement.sent', { time: f.dayTime(at, at) })]),
    ...(part === 'all' && text !== '' ? [readersOf(own, t, f)] : []),
  ]
  return (
    <div role="status">
      {lines.map((line) => (
        <Muted key={line} small>
          {line}
        </Muted>
      ))}
    </div>
  )
}

function readersOf(own: StatementState, t: ReturnType<typeof useTexts>, f: ReturnType<typeof useFormats>): string {
  if (own.shownAt !== undefined) return t('preparation.statement.is-shown', { time: f.time(own.shownAt) })
  return t(own.isAllowed ? 'preparation.statement.is-allowed' : 'preparation.statement.is-private')
}
