import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { meetingFix } from '#shared/scheduling/ask-dates-protocol.ts'
import { MAX_PLACE, type PlaceKind } from '#shared/scheduling/scheduling-protocol.ts'
import type { Meeting, SchedulingState } from '#shared/scheduling/scheduling-state.ts'
import { fieldsOf, instantOf } from '#shared/scheduling/zone-time.ts'
import { LengthField, TimeFields, ZoneField } from './TimeFields.tsx'

const PLACES: readonly PlaceKind[] = ['online', 'phone', 'address']

interface FixDialogProps {
  readonly dates: SchedulingState
  /** That is moved; undefined where none is ahead. */
  readonly meeting: Meeting | undefined
  /** The one of the proposed times. */
  readonly at: number | undefined
  readonly onClose: () => void
}

/** All of the case learn the same, and a letter goes to those who have an address. */
export function FixDialog({ dates, meeting, at, onClose }: FixDialogProps) {
  const t = useTexts()
  const client = useCaseClient()
  const { run, busy, problem } = useCommand()
  const before = meeting ?? dates.proposal
  const [zone, setZone] = useState<string>(before?.zone ?? TIME_ZONE.name)
  const [time, setTime] = useState(() => fieldsOf(at ?? client.now() + 86_400_000, zone))
  const [minutes, setMinutes] = useState(before?.minutes ?? 90)
  const [kind, setKind] = useState<PlaceKind | undefined>(meeting?.place.kind)
  const [words, setWords] = useState(meeting?.place.words ?? '')
  const [seen] = useState(dates.changes)
  const chosen = instantOf(time.day, time.time, zone)
  const isWhole = chosen !== undefined && kind !== undefined && (kind !== 'address' || words.trim() !== '')
  const send = async () => {
    if (chosen === undefined || kind === undefined) return false
    const said = words.trim()
    return run(meetingFix, { at: chosen, zone, minutes, seen, place: said === '' ? { kind } : { kind, words: said } })
  }
  return (
    <ConfirmDialog
      title={t(meeting ? 'scheduling.move.title' : 'scheduling.fix.title')}
      confirm={t('scheduling.fix.send')}
      kind="primary"
      busy={busy}
      problem={problem}
      missing={!isWhole && t('scheduling.fix.missing')}
      act={send}
      onClose={onClose}
    >
      <Stack gap={4}>
        <Muted>{t('scheduling.fix.words')}</Muted>
        <TimeFields label={t('scheduling.fix.time')} value={time} zone={zone} onChange={setTime} />
        <ZoneField value={zone} at={chosen ?? client.now()} onChange={setZone} />
        <LengthField value={minutes} onChange={setMinutes} />
        <RadioGroup
          label={t('scheduling.fix.place')}
          options={PLACES.map((value) => ({ value, label: t(`scheduling.fix.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        {kind !== undefined && kind !== 'online' && (
          <Field
            label={t(kind === 'address' ? 'scheduling.fix.address-words' : 'scheduling.fix.phone-words')}
            hint={kind === 'address' ? t('scheduling.fix.address-hint') : undefined}
            optional={kind === 'phone'}
          >
            <TextInput value={words} onChange={setWords} maxLength={MAX_PLACE} />
          </Field>
        )}
      </Stack>
    </ConfirmDialog>
  )
}
