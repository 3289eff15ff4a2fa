// What one is asked alone. Nothing of it is on the page before the person has said that nobody looks on.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { directAudience } from '#shared/kernel/audience.ts'
import { canAnswerSafety } from '#shared/preparation/preparation-policy.ts'
import { type SafetyState, safetyFold } from '#shared/preparation/preparation-state.ts'
import { AFRAID_ANSWERS, MAX_NEED_WORDS, NEED_ANSWERS, SPEAK_ANSWERS, safetyAnswer } from '#shared/preparation/safety-protocol.ts'
import './reasons.ts'
import './preparation.css'

type Answers = NonNullable<SafetyState['answered']>
type Chosen = Pick<Answers, 'speak' | 'afraid' | 'need'>

export function SafetyQuestions() {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const answered = useSlice(safetyFold, directAudience(me.id))?.answered
  const [alone, setAlone] = useState<'asked' | 'yes' | 'no'>('asked')
  if (!canAnswerSafety(me, state.phase)) return <Muted>{t('preparation.safety.over')}</Muted>
  if (alone === 'yes') return <Questions before={answered} onDone={() => setAlone('asked')} />
  return (
    <Stack gap={3}>
      <Muted>{t('preparation.safety.words')}</Muted>
      {answered && <p role="status">{t('preparation.safety.sent', { time: f.time(answered.at) })}</p>}
      {alone === 'no' ? (
        <p role="status">{t('preparation.safety.later')}</p>
      ) : (
        <p>
          <strong>{t('preparation.safety.alone')}</strong>
        </p>
      )}
      <Row wrap>
        <Button onClick={() => setAlone('yes')}>{t(answered ? 'preparation.safety.alone-change' : 'preparation.safety.alone-yes')}</Button>
        <Button kind="quiet" onClick={() => setAlone('no')}>
          {t('preparation.safety.alone-no')}
        </Button>
      </Row>
    </Stack>
  )
}

function Questions({ before, onDone }: { before: SafetyState['answered']; onDone: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const [chosen, choose] = useState<Chosen>({ speak: before?.speak, afraid: before?.afraid, need: before?.need })
  const [words, setWords] = useState(before?.words ?? '')
  const asksWords = chosen.need !== undefined && chosen.need !== 'none'
  const send = async () => {
    const given = Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== undefined)) as Chosen // the same keys, fewer
    const said = asksWords ? words.trim() : ''
    if (await run(safetyAnswer, { ...given, ...(said === '' ? {} : { words: said }) })) onDone()
  }
  return (
    <Stack gap={4}>
      <Muted>{t('preparation.safety.skip')}</Muted>
      <RadioGroup
        label={t('preparation.safety.speak')}
        options={SPEAK_ANSWERS.map((value) => ({ value, label: t(`preparation.safety.speak.${value}`) }))}
        value={chosen.speak}
        onChange={(speak) => choose({ ...chosen, speak })}
      />
      <RadioGroup
        label={t('preparation.safety.afraid')}
        options={AFRAID_ANSWERS.map((value) => ({ value, label: t(`preparation.safety.afraid.${value}`) }))}
        value={chosen.afraid}
        onChange={(afraid) => choose({ ...chosen, afraid })}
      />
      <RadioGroup
        label={t('preparation.safety.need')}
        options={NEED_ANSWERS.map((value) => ({ value, label: t(`preparation.safety.need.${value}`) }))}
        value={chosen.need}
        onChange={(need) => choose({ ...chosen, need })}
      />
      {asksWords && (
        <Field label={t('preparation.safety.need-words')} optional>
          <TextInput value={words} onChange={setWords} maxLength={MAX_NEED_WORDS} />
        </Field>
      )}
      {problem && <ProblemBanner problem={problem} />}
      <Row wrap>
        <Button kind="who" who="mediators" busy={busy} onClick={() => void send()}>
          {t('preparation.safety.send')}
        </Button>
        <Button kind="quiet" onClick={() => choose({ speak: undefined, afraid: undefined, need: undefined })}>
          {t('preparation.safety.clear')}
        </Button>
        <Button kind="quiet" onClick={onDone}>
          {t('preparation.safety.close')}
        </Button>
      </Row>
    </Stack>
  )
}
