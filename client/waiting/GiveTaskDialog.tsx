import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useUnsentForm } from '#client/realtime/use-unsent-form.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox, TextArea, TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { sideAudience } from '#shared/kernel/audience.ts'
import { asId, type SideId, type TaskId } from '#shared/kernel/ids.ts'
import { isSideThere } from '#shared/rooms/room-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import {
  MAX_ASK_LENGTH,
  MAX_CLAUSE_LENGTH,
  MAX_TOPIC_LENGTH,
  MAX_TOPICS,
  MIN_TOPICS,
  TASK_KINDS,
  type Task,
  type TaskKind,
  taskGive,
} from '#shared/waiting/task-protocol.ts'
import { canGiveTask } from '#shared/waiting/waiting-policy.ts'

const NOTHING_YET: Readonly<Record<TaskKind, string>> = { rank: '', read: '', write: '' }

/** For one side or several: each learns of its own task alone. */
export function GiveTaskDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const view = useView()
  const { run, busy, problem } = useCommand()
  const [kind, setKind] = useState<TaskKind>('rank')
  const form = useUnsentForm('task-to-give', NOTHING_YET)
  const words = form.value
  const [chosen, choose] = useState<ReadonlySet<SideId>>(new Set())
  // the same for each attempt, so that asking again is harmless
  const [ids] = useState(() => new Map((state.facts?.sides ?? []).map(({ id }) => [id, asId<TaskId>(randomId())] as const)))
  const sides = (state.facts?.sides ?? []).filter(
    ({ id }) => canGiveTask(me, id, state) && isSideThere(state, id, view.state(roomFold, sideAudience(id)) ?? roomFold.initial),
  )
  const task = taskOf(kind, words[kind])
  const to = sides.flatMap(({ id }) => {
    const taskId = ids.get(id)
    return taskId && chosen.has(id) ? [{ sideId: id, taskId }] : []
  })
  const write = (text: string) => form.write({ ...words, [kind]: text })
  const give = async () => {
    const isGiven = task !== undefined && (await run(taskGive, { to, task }))
    if (isGiven) form.sent(words)
    return isGiven
  }
  return (
    <ConfirmDialog
      title={t('waiting.board.give')}
      confirm={t('waiting.board.give')}
      kind="primary"
      busy={busy}
      problem={problem}
      missing={(to.length === 0 || !task) && t('waiting.board.missing')}
      act={give}
      onClose={onClose}
    >
      <Stack gap={4}>
        <fieldset className="waiting-chosen">
          <legend>{t('waiting.board.sides')}</legend>
          {sides.map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={chosen.has(id)}
              onChange={(on) => choose(new Set([...chosen].filter((each) => each !== id).concat(on ? [id] : [])))}
            >
              {name}
            </Checkbox>
          ))}
          <Muted small>{t('waiting.board.apart')}</Muted>
        </fieldset>
        <RadioGroup
          label={t('waiting.board.kind')}
          options={TASK_KINDS.map((value) => ({ value, label: t(`waiting.board.kind.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        {kind === 'rank' && (
          <Field label={t('waiting.board.topics')}>
            <TextArea value={words.rank} onChange={write} maxLength={MAX_TOPICS * (MAX_TOPIC_LENGTH + 1)} />
          </Field>
        )}
        {kind === 'read' && (
          <Field label={t('waiting.board.clause')}>
            <TextInput value={words.read} onChange={write} maxLength={MAX_CLAUSE_LENGTH} />
          </Field>
        )}
        {kind === 'write' && (
          <Field label={t('waiting.board.ask')}>
            <TextArea value={words.write} onChange={write} maxLength={MAX_ASK_LENGTH} />
          </Field>
        )}
      </Stack>
    </ConfirmDialog>
  )
}

/** Undefined while it is not whole. */
function taskOf(kind: TaskKind, words: string): Task | undefined {
  const said = words.trim()
  if (kind === 'read') return said === '' ? undefined : { kind, clause: said }
  if (kind === 'write') return said === '' ? undefined : { kind, ask: said }
  const topics = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const fits = topics.length >= MIN_TOPICS && topics.length <= MAX_TOPICS && topics.every((topic) => topic.length <= MAX_TOPIC_LENGTH)
  return fits ? { kind, topics } : undefined
}
