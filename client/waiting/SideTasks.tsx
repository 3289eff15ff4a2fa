// One side's tasks on the board. The screen gets shared: no answer is on the page before it is asked for.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { ParticipantId, SideId } from '#shared/kernel/ids.ts'
import { type Task, type TaskAnswer, taskWithdraw } from '#shared/waiting/task-protocol.ts'
import { canWithdrawTask } from '#shared/waiting/waiting-policy.ts'
import type { NamedTask } from '#shared/waiting/waiting-state.ts'

interface SideTasksProps {
  readonly side: { readonly id: SideId; readonly name: string }
  readonly tasks: readonly NamedTask[]
}

export function SideTasks({ side, tasks }: SideTasksProps) {
  const t = useTexts()
  const { state } = useCase()
  const [shown, setShown] = useState(false)
  return (
    <section className="waiting-side" data-who={sideWho(state, side.id)} aria-label={side.name}>
      <Row justify="between" wrap>
        <h3>{side.name}</h3>
        <Button size="s" icon={shown ? 'eye-off' : 'eye'} onClick={() => setShown(!shown)}>
          {t(shown ? 'waiting.board.hide' : 'waiting.board.show')}
        </Button>
      </Row>
      {tasks.map((given) => (
        <OneTask key={given.taskId} sideId={side.id} given={given} shown={shown} />
      ))}
    </section>
  )
}

function OneTask({ sideId, given, shown }: { sideId: SideId; given: NamedTask; shown: boolean }) {
  const t = useTexts()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const answers = (Object.keys(given.answers) as ParticipantId[]).flatMap((person) => {
    const own = given.answers[person]
    return own ? [{ person, answer: own.answer }] : []
  })
  return (
    <article>
      <p>
        {t(`waiting.board.kind.${given.task.kind}`)}. {t('waiting.board.answered', { count: answers.length })}
      </p>
      {shown && (
        <>
          <Muted small>{titleOf(given.task)}</Muted>
          <div className="waiting-answers">
            {answers.map(({ person, answer }) => (
              <div key={person}>
                <strong>{nameIn(state, person)}</strong>
                <div className="waiting-answer">
                  <AnswerWords task={given.task} answer={answer} />
                </div>
              </div>
            ))}
          </div>
        </>
      )}
      {given.isWithdrawn ? (
        <Muted small>{t('waiting.board.taken-back')}</Muted>
      ) : (
        canWithdrawTask(me, sideId) && (
          <Button size="s" kind="quiet" busy={busy} onClick={() => void run(taskWithdraw, { sideId, taskId: given.taskId })}>
            {t('waiting.board.take-back')}
          </Button>
        )
      )}
      {problem && <ProblemBanner problem={problem} />}
    </article>
  )
}

function titleOf(task: Task): string {
  return task.kind === 'rank' ? task.topics.join(' · ') : task.kind === 'read' ? task.clause : task.ask
}

function AnswerWords({ task, answer }: { task: Task; answer: TaskAnswer }) {
  const t = useTexts()
  if (answer.kind === 'write') return answer.text
  if (answer.kind === 'read')
    return answer.question === undefined ? t('waiting.board.has-read') : t('waiting.board.question', { text: answer.question })
  return (
    <ol>
      {answer.order.map((topic) => (
        <li key={topic}>{task.kind === 'rank' ? task.topics[topic] : ''}</li>
      ))}
    </ol>
  )
}
