// A day and an hour, how long, and in which zone.
import { useId } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { DateInput, Select } from '#client/ui/forms/rare-inputs.tsx'
import { TIME_ZONE } from '#shared/kernel/time-zone.ts'
import { instantOf } from '#shared/scheduling/zone-time.ts'
import { deviceZone } from './use-when.ts'
import { zoneName } from './when.ts'
import './scheduling.css'

export interface TimeShown {
  readonly day: string
  readonly time: string
}

interface TimeFieldsProps {
  readonly label: string
  readonly value: TimeShown
  readonly zone: string
  readonly onChange: (value: TimeShown) => void
  readonly onRemove?: (() => void) | undefined
}

export function TimeFields({ label, value, zone, onChange, onRemove }: TimeFieldsProps) {
  const t = useTexts()
  const id = useId()
  const { day, time } = value
  const isLeftOut = day !== '' && time !== '' && instantOf(day, time, zone) === undefined
  return (
    <fieldset className="scheduling-fields">
      <legend id={id}>{label}</legend>
      <DateInput aria-label={t('scheduling.field.day')} value={day} onChange={(next) => onChange({ day: next, time })} />
      <TextInput
        type="time"
        short
        aria-label={t('scheduling.field.time')}
        aria-invalid={isLeftOut || undefined}
        value={time}
        onChange={(next) => onChange({ day, time: next })}
      />
      {onRemove && <IconButton icon="trash" label={t('scheduling.field.remove', { what: label })} onClick={onRemove} />}
      {isLeftOut && <p role="alert">{t('scheduling.field.left-out')}</p>}
    </fieldset>
  )
}

const LENGTHS = ['30', '60', '90', '120', '180', '240'] as const

export function LengthField({ value, onChange }: { value: number; onChange: (minutes: number) => void }) {
  const t = useTexts()
  const options = LENGTHS.map((each) => ({ value: each, label: t('scheduling.meeting.lasts', { count: Number(each) }) }))
  const chosen = LENGTHS.find((each) => Number(each) === value) ?? ''
  return (
    <Field label={t('scheduling.field.length')}>
      <Select options={options} value={chosen} onChange={(next) => onChange(Number(next))} />
    </Field>
  )
}

/** Here, or where this device is: a mediator travels. */
export function ZoneField({ value, at, onChange }: { value: string; at: number; onChange: (zone: string) => void }) {
  const t = useTexts()
  const zones = [...new Set([TIME_ZONE.name, deviceZone(), value])]
  if (zones.length === 1) return <p className="scheduling-zone">{t('scheduling.field.zone-is', { zone: zoneName(at, value, t) })}</p>
  return (
    <Field label={t('scheduling.field.zone')}>
      <Select options={zones.map((zone) => ({ value: zone, label: zoneName(at, zone, t) }))} value={value} onChange={onChange} />
    </Field>
  )
}
