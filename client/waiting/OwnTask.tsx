// One task, answered by each for themselves. Who will read the answer stands above it, as the room has it now.
import { useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import { sideAudience } from '#shared/kernel/audience.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { membersOf, roomFold } from '#shared/rooms/room-state.ts'
import { MAX_ANSWER_LENGTH, type TaskAnswer, taskAnswer } from '#shared/waiting/task-protocol.ts'
import { canAnswerTask } from '#shared/waiting/waiting-policy.ts'
import type { NamedTask } from '#shared/waiting/waiting-state.ts'
import { TopicList } from './TopicList.tsx'

interface OwnTaskProps {
  readonly sideId: SideId
  readonly given: NamedTask
  readonly onText: (() => void) | undefined
}

export function OwnTask({ sideId, given, onText }: OwnTaskProps) {
  const t = useTexts()
  const f = useFormats()
  const id = useId()
  const { me, state } = useCase()
  const room = useView().state(roomFold, sideAudience(sideId))
  const { run, busy, problem } = useCommand()
  const own = given.answers[me.id]
  const readers = membersOf(room).filter((person) => person !== me.id)
  const send = (answer: TaskAnswer) => run(taskAnswer, { sideId, taskId: given.taskId, answer })
  const form = { name: `task:${given.taskId}`, before: own?.answer, busy, again: own !== undefined, onSend: send }
  const { task } = given
  const title =
    task.kind === 'rank' ? t('waiting.task.rank') : task.kind === 'read' ? t('waiting.task.read', { clause: task.clause }) : task.ask
  return (
    <section aria-labelledby={id} className="waiting-task">
      <Row justify="between" align="start">
        <h3 id={id}>{title}</h3>
        <AloudHere brief />
      </Row>
      <Muted small>{t('waiting.task.readers', { names: f.list(readers.map((person) => nameIn(state, person) ?? '')) })}</Muted>
      {canAnswerTask(me, sideId, { phase: state.phase, room }) && (
        <Stack gap={3}>
          {task.kind === 'rank' && <RankForm topics={task.topics} {...form} />}
          {task.kind === 'read' && <ReadForm onText={onText} {...form} />}
          {task.kind === 'write' && <WriteForm {...form} />}
        </Stack>
      )}
      {problem && <ProblemBanner problem={problem} />}
      {own && <p role="status">{t('waiting.task.sent', { time: f.time(own.at) })}</p>}
    </section>
  )
}

interface FormProps {
  /** Under which it is kept while it is unsent. */
  readonly name: string
  readonly before: TaskAnswer | undefined
  readonly busy: boolean
  /** Has answered already. */
  readonly again: boolean
  /** True once the server has it. */
  readonly onSend: (answer: TaskAnswer) => Promise<boolean>
}

function RankForm({ name, topics, before, busy, again, onSend }: FormProps & { readonly topics: readonly string[] }) {
  const given: readonly number[] = before?.kind === 'rank' ? before.order : topics.map((_topic, place) => place)
  const { value: order, write, sent } = useUnsentForm(name, given)
  const send = async () => {
    if (await onSend({ kind: 'rank', order: [...order] })) sent(order)
  }
  return (
    <>
      <TopicList topics={topics} order={order} onChange={write} />
      <SendButton busy={busy} again={again} onClick={() => void send()} />
    </>
  )
}

function ReadForm({ name, before, busy, again, onText, onSend }: FormProps & { readonly onText: (() => void) | undefined }) {
  const t = useTexts()
  const earlier = before?.kind === 'read' ? before.question : undefined
  const { value: question, write, sent } = useUnsentForm<string | undefined>(name, earlier)
  const said = question?.trim()
  const send = async () => {
    if (said && (await onSend({ kind: 'read', question: said }))) sent(question)
  }
  return (
    <>
      {onText && (
        <Button icon="file" onClick={onText}>
          {t('waiting.task.open-text')}
        </Button>
      )}
      {question === undefined ? (
        <Row wrap>
          <Button icon="check" busy={busy} onClick={() => void onSend({ kind: 'read' })}>
            {t('waiting.task.have-read')}
          </Button>
          <Button kind="quiet" onClick={() => write('')}>
            {t('waiting.task.question')}
          </Button>
        </Row>
      ) : (
        <>
          <Field label={t('waiting.task.question-words')}>
            <TextArea value={question} onChange={write} maxLength={MAX_ANSWER_LENGTH} />
          </Field>
          <SendButton busy={busy} again={again} missing={!said} onClick={() => void send()} />
        </>
      )}
    </>
  )
}

function WriteForm({ name, before, busy, again, onSend }: FormProps) {
  const t = useTexts()
  const { value: text, write, sent } = useUnsentForm(name, before?.kind === 'write' ? before.text : '')
  const said = text.trim()
  const send = async () => {
    if (await onSend({ kind: 'write', text: said })) sent(text)
  }
  return (
    <>
      <Field label={t('waiting.task.answer')}>
        <TextArea value={text} onChange={write} maxLength={MAX_ANSWER_LENGTH} />
      </Field>
      <SendButton busy={busy} again={again} missing={said === ''} onClick={() => void send()} />
    </>
  )
}

function SendButton({ busy, again, missing = false, onClick }: { busy: boolean; again: boolean; missing?: boolean; onClick: () => void }) {
  const t = useTexts()
  return (
    <>
      {missing && <Muted small>{t('waiting.task.missing')}</Muted>}
      <Row>
        <Button icon="send" busy={busy} disabled={missing} onClick={onClick}>
          {t(again ? 'waiting.task.send-again' : 'waiting.task.send')}
        </Button>
      </Row>
    </>
  )
}
