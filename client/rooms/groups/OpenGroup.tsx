// The mediator opens a room for some: a template fills in whom; who would be in it is seen before it is opened.
import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { useShortNames } from '#client/rooms/use-short-names.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Row } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Select } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { personIn } from '#shared/cases/case-state.ts'
import { type Audience, roomAudience } from '#shared/kernel/audience.ts'
import { asId, type ParticipantId, type RoomId } from '#shared/kernel/ids.ts'
import { refusalOf } from '#shared/rooms/group-people.ts'
import { type GroupEnd, groupOpen, MAX_GROUP_NAME } from '#shared/rooms/group-protocol.ts'
import { GroupNameFields, groupNameOf, type TypedGroupName } from './GroupNameFields.tsx'
import { ChosenPeople, useInvitable } from './GroupPeople.tsx'
import { type GroupTemplate, groupTemplates } from './group-templates.ts'
import './groups.css'

const ENDS = ['session', '15', '30', '60', 'open'] as const
type End = (typeof ENDS)[number]

export function OpenGroup({ onClose, onOpened }: { onClose: () => void; onOpened: (audience: Audience) => void }) {
  const t = useTexts()
  const client = useCaseClient()
  const called = useShortNames()
  const { state } = useCase()
  const view = useView()
  const people = useInvitable()
  const { run, busy, problem } = useCommand()
  const [roomId] = useState(() => asId<RoomId>(randomId()))
  const [typed, setTyped] = useState<TypedGroupName>({ name: '', purpose: '' })
  const [chosen, setChosen] = useState<ReadonlySet<ParticipantId>>(new Set())
  const ends = state.session ? ENDS : ENDS.filter((each) => each !== 'session')
  const [end, setEnd] = useState<End>(state.session ? 'session' : 'open')
  const fault = { name: wordsAt('name', problem, t), purpose: wordsAt('purpose', problem, t) }
  // one that would be refused is not offered
  const templates = groupTemplates(people).filter((template) => {
    const asked = template.people.flatMap(({ id }) => personIn(state, id) ?? [])
    return refusalOf(view, state, asked) === undefined
  })
  const titleOf = ({ kind, side }: GroupTemplate) => (side === undefined ? t(`rooms.group.template.${kind}`) : called(side))
  const take = (template: GroupTemplate) => {
    setChosen(new Set(template.people.map(({ id }) => id)))
    setTyped((before) => ({ ...before, name: titleOf(template).slice(0, MAX_GROUP_NAME) }))
  }
  const open = () => run(groupOpen, { roomId, ...groupNameOf(typed), people: [...chosen], end: endOf(end, client.now()) })
  const missing = chosen.size === 0 ? t('rooms.group.missing-people') : typed.name.trim() === '' && t('rooms.group.missing-name')
  return (
    <ConfirmDialog
      title={t('rooms.group.open-title')}
      kind="who"
      who="group"
      icon="door"
      confirm={t('rooms.group.open-do')}
      busy={busy}
      missing={missing}
      problem={fault.name || fault.purpose ? undefined : problem}
      act={open}
      onClose={onClose}
      onDone={() => onOpened(roomAudience(roomId))}
    >
      <p>{t('rooms.group.open-words')}</p>
      <Row gap={2} wrap>
        {templates.map((template) => (
          <Button key={template.id} size="s" onClick={() => take(template)}>
            {titleOf(template)}
          </Button>
        ))}
      </Row>
      <ChosenPeople people={people} chosen={chosen} onChange={setChosen} />
      <GroupNameFields value={typed} onChange={setTyped} fault={fault} />
      <Field label={t('rooms.group.until-when')}>
        <Select value={end} onChange={setEnd} options={ends.map((value) => ({ value, label: t(`rooms.group.end.${value}`) }))} />
      </Field>
    </ConfirmDialog>
  )
}

function endOf(end: End, now: number): GroupEnd {
  if (end === 'open' || end === 'session') return { way: end }
  return { way: 'at', at: now + Number(end) * 60_000 }
}
