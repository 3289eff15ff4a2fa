import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { asId, type CommandId, type ParticipantId } from '#shared/kernel/ids.ts'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { datesPropose } from '#shared/scheduling/ask-dates-protocol.ts'
import { MAX_TIMES } from '#shared/scheduling/scheduling-protocol.ts'
import { fieldsOf, instantOf } from '#shared/scheduling/zone-time.ts'
import { askedPeople } from './date-answers.ts'
import { LengthField, TimeFields, type TimeShown, ZoneField } from './TimeFields.tsx'

const DAY = 86_400_000
const NEXT_HOUR = '10:00'

/** Times, how long, and who is needed; everybody reads the times, nobody but the mediators who is needed. */
export function ProposeDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useTexts()
  const client = useCaseClient()
  const { state } = useCase()
  const { run, busy, problem } = useCommand()
  const people = askedPeople(state)
  const [zone, setZone] = useState<string>(TIME_ZONE.name)
  const [rows, setRows] = useState<readonly TimeShown[]>(() => [1, 2, 3].map((days) => dayFrom(client.now(), days)))
  const [minutes, setMinutes] = useState(90)
  const [required, setRequired] = useState<ReadonlySet<ParticipantId>>(() => new Set(people.map(({ id }) => id)))
  const [proposalId] = useState(() => asId<CommandId>(randomId()))
  const times = rows.map(({ day, time }) => instantOf(day, time, zone))
  const isWhole = times.every((at) => at !== undefined)
  const send = () =>
    run(datesPropose, { proposalId, times: times.filter((at) => at !== undefined), zone, minutes, required: [...required] })
  const put = (index: number, row: TimeShown) => setRows(rows.map((each, place) => (place === index ? row : each)))
  return (
    <ConfirmDialog
      title={t('scheduling.propose.title')}
      confirm={t('scheduling.propose.send')}
      kind="primary"
      busy={busy}
      problem={problem}
      missing={!isWhole && t('scheduling.propose.missing')}
      act={send}
      onClose={onClose}
    >
      <Stack gap={4}>
        <Muted>{t('scheduling.propose.words')}</Muted>
        <Stack gap={3}>
          {rows.map((row, index) => (
            <TimeFields
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have nothing else to be told apart by, and are only added and cut at the end
              key={index}
              label={t('scheduling.propose.time', { number: index + 1 })}
              value={row}
              zone={zone}
              onChange={(next) => put(index, next)}
              onRemove={rows.length > 1 ? () => setRows(rows.toSpliced(index, 1)) : undefined}
            />
          ))}
          {rows.length < MAX_TIMES && (
            <Button size="s" icon="plus" onClick={() => setRows([...rows, dayFrom(times.at(-1) ?? client.now(), 1)])}>
              {t('scheduling.propose.more')}
            </Button>
          )}
        </Stack>
        <LengthField value={minutes} onChange={setMinutes} />
        <ZoneField value={zone} at={client.now()} onChange={setZone} />
        <fieldset className="scheduling-needed">
          <legend>{t('scheduling.propose.needed')}</legend>
          {people.map(({ id, name }) => (
            <Checkbox
              key={id}
              checked={required.has(id)}
              onChange={(on) => setRequired(new Set([...required].filter((each) => each !== id).concat(on ? [id] : [])))}
            >
              {name}
            </Checkbox>
          ))}
          <Muted small>{t('scheduling.propose.needed-words')}</Muted>
        </fieldset>
      </Stack>
    </ConfirmDialog>
  )
}

function dayFrom(now: number, days: number): TimeShown {
  return { day: fieldsOf(now + days * DAY, TIME_ZONE.name).day, time: NEXT_HOUR }
}
