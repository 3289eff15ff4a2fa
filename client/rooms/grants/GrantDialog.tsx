// For how long somebody is let into a room, and who sees it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Muted } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { grantGive } from '#shared/rooms/grant-protocol.ts'
import { clockTime } from './clock-time.ts'
import type { GrantedPerson, GrantedRoom } from './grants-of.ts'

type Length = 'session' | 'time' | 'open'

interface GrantDialogProps {
  readonly who: GrantedPerson
  readonly room: GrantedRoom
  readonly onClose: () => void
}

export function GrantDialog({ who: { person }, room: { audience, side }, onClose }: GrantDialogProps) {
  const t = useTexts()
  const { state } = useCase()
  const { clock } = useCaseClient()
  const { run, busy, problem } = useCommand()
  const lengths: readonly Length[] = [...(state.session ? (['session'] as const) : []), 'time', 'open']
  const [length, setLength] = useState<Length | undefined>(lengths[0] === 'session' ? 'session' : undefined)
  const [time, setTime] = useState('')
  const until = length === 'time' ? clockTime(time, clock.now()) : undefined
  const isReady = length !== undefined && (length !== 'time' || until !== undefined)
  const input = {
    audience,
    participantId: person.id,
    ...(length === 'session' ? { withSession: true } : {}),
    ...(until === undefined ? {} : { until }),
  }
  return (
    <ConfirmDialog
      title={t('rooms.grants.dialog', { name: person.name })}
      size="s"
      confirm={t(isReady ? 'rooms.grants.do' : 'rooms.grants.choose')}
      disabled={!isReady}
      busy={busy}
      problem={problem}
      act={() => run(grantGive, input)}
      onClose={onClose}
    >
      <p>{side ? t('rooms.grants.into-side', { side: side.name }) : t('rooms.grants.into-all')}</p>
      <RadioGroup
        label={t('rooms.grants.length')}
        options={lengths.map((value) => ({ value, label: t(`rooms.grants.length.${value}`) }))}
        value={length}
        onChange={setLength}
      />
      {length === 'time' && (
        <Field label={t('rooms.grants.time')} hint={t('rooms.grants.time.hint')}>
          <TextInput type="time" short value={time} onChange={setTime} />
        </Field>
      )}
      <Muted small>{t('rooms.grants.seen')}</Muted>
    </ConfirmDialog>
  )
}
