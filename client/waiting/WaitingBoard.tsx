// On the mediator's board: what those who wait are told and given. Nothing here is set by itself.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useNow } from '#client/rooms/use-now.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, TextInput } from '#client/ui/forms/inputs.tsx'
import { sideAudience } from '#shared/kernel/audience.ts'
import { estimateGive, estimateWithdraw } from '#shared/waiting/estimate-protocol.ts'
import { canGiveEstimate, canGiveTask } from '#shared/waiting/waiting-policy.ts'
import { estimateFold, tasksFold, tasksIn } from '#shared/waiting/waiting-state.ts'
import { estimateWords, typedEstimate } from './estimate-time.ts'
import { GiveTaskDialog } from './GiveTaskDialog.tsx'
import { SideTasks } from './SideTasks.tsx'
import './reasons.ts'
import './waiting.css'

export function WaitingBoard() {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const [giving, setGiving] = useState(false)
  if (!canGiveEstimate(me, state.phase)) return null
  const sides = state.facts?.sides ?? []
  const mayGive = sides.some(({ id }) => canGiveTask(me, id, state))
  return (
    <Card as="section" tight>
      <Stack gap={4}>
        <h2>{t('waiting.board.title')}</h2>
        <Muted small>{t('waiting.board.words')}</Muted>
        <EstimateForm />
        {sides.map((side) => {
          const tasks = tasksIn(view.state(tasksFold, sideAudience(side.id)) ?? tasksFold.initial)
          return tasks.length > 0 && <SideTasks key={side.id} side={side} tasks={tasks} />
        })}
        {mayGive && (
          <Row>
            <Button size="s" icon="plus" onClick={() => setGiving(true)}>
              {t('waiting.board.give')}
            </Button>
          </Row>
        )}
      </Stack>
      {giving && <GiveTaskDialog onClose={() => setGiving(false)} />}
    </Card>
  )
}

function EstimateForm() {
  const t = useTexts()
  const f = useFormats()
  const now = useNow()
  const estimate = useSlice(estimateFold, 'case')?.estimate
  const { run, busy, problem } = useCommand()
  const [time, setTime] = useState('')
  const [isTomorrow, setTomorrow] = useState(false)
  const typed = typedEstimate(time, isTomorrow, now)
  const fault = 'fault' in typed && typed.fault !== 'missing' ? t(`waiting.board.${typed.fault}`) : undefined
  const words = (at: number) => estimateWords(at, now, { t, f })
  const tell = async () => {
    if ('at' in typed && (await run(estimateGive, { at: typed.at }))) setTime('')
  }
  return (
    <Stack gap={3}>
      {estimate && (
        <>
          <p role="status">{t('waiting.board.read-now', { words: words(estimate.at) })}</p>
          <Row>
            <Button size="s" busy={busy} onClick={() => void run(estimateWithdraw, {})}>
              {t('waiting.board.withdraw')}
            </Button>
          </Row>
        </>
      )}
      <Field label={t('waiting.board.time')} error={fault}>
        <TextInput type="time" short value={time} onChange={setTime} />
      </Field>
      <Checkbox checked={isTomorrow} onChange={setTomorrow}>
        {t('waiting.board.tomorrow')}
      </Checkbox>
      {'at' in typed && <Muted>{t('waiting.board.will-read', { words: words(typed.at) })}</Muted>}
      {'fault' in typed && typed.fault === 'missing' && <Muted small>{t('waiting.board.time-first')}</Muted>}
      {problem && <ProblemBanner problem={problem} />}
      <Row>
        <Button size="s" icon="clock" busy={busy} disabled={!('at' in typed)} onClick={() => void tell()}>
          {t('waiting.board.tell')}
        </Button>
      </Row>
    </Stack>
  )
}
