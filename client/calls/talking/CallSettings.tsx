// Sound and picture of a call that one is in: which microphone, one's own picture, whether to see the others, and how much data it may take.
import { useEffect, useState } from 'react'
import { MEGABYTE, megabytes } from '#client/calls/media/data-meter.ts'
import type { MediaChoice } from '#client/calls/media/media-devices.ts'
import type { InCall } from '#client/calls/own-call.ts'
import { useCallSession, useJointCall } from '#client/calls/use-call.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { Select } from '#client/ui/forms/rare-inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import { callEnd } from '#shared/calls/calls-protocol.ts'

interface CallSettingsProps {
  readonly own: InCall
  readonly room: RoomView
  readonly onClose: () => void
}

export function CallSettings({ own, room, onClose }: CallSettingsProps) {
  const t = useTexts()
  const { holds } = useJointCall()
  const { run, busy, problem } = useCommand()
  return (
    <Dialog
      title={t('calls.more')}
      onClose={onClose}
      actions={
        holds &&
        room.kind === 'joint' && (
          <Button
            kind="danger"
            busy={busy}
            onClick={() => {
              void run(callEnd, {}).then((done) => done && onClose())
            }}
          >
            {t('calls.settings.end')}
          </Button>
        )
      }
    >
      <Stack gap={5}>
        {problem && <ProblemBanner problem={problem} />}
        <MicrophoneChoice />
        <Pictures own={own} />
        <Data />
      </Stack>
    </Dialog>
  )
}

function MicrophoneChoice() {
  const t = useTexts()
  const session = useCallSession()
  const [choices, setChoices] = useState<readonly MediaChoice[]>([])
  const [chosen, choose] = useState('')
  useEffect(() => {
    let over = false
    const read = () => void session.tools.devices.choices('audioinput').then((found) => !over && setChoices(found))
    read()
    const stop = session.tools.devices.onChange(read)
    return () => {
      over = true
      stop()
    }
  }, [session])
  if (choices.length < 2) return null
  return (
    <Field label={t('calls.settings.microphone')}>
      <Select
        value={chosen || (choices[0]?.id ?? '')}
        onChange={(id) => {
          choose(id)
          void session.speak(id)
        }}
        options={choices.map(({ id, label }) => ({ value: id, label }))}
      />
    </Field>
  )
}

function Pictures({ own }: { readonly own: InCall }) {
  const t = useTexts()
  const session = useCallSession()
  if (own.form === 'sfu') return <Muted>{t('calls.settings.only-sound')}</Muted>
  return (
    <Stack gap={2} as="section">
      <h3>{t('calls.settings.pictures')}</h3>
      {own.noPictures && <Banner tone="warn">{t(`calls.settings.no-pictures.${own.noPictures}`)}</Banner>}
      {own.cameraFault && <Banner tone="warn">{t(`calls.camera.fault.${own.cameraFault}`)}</Banner>}
      <Checkbox
        framed
        checked={own.wantsOwnPicture}
        onChange={(shown) => void session.showPicture(shown)}
        note={t('calls.settings.show.note')}
      >
        {t('calls.settings.show')}
      </Checkbox>
      <Checkbox framed checked={own.wantsPictures} onChange={(seen) => session.seePictures(seen)} note={t('calls.settings.see.note')}>
        {t('calls.settings.see')}
      </Checkbox>
    </Stack>
  )
}

const LIMITS = [10, 20, 50, 100, 200] as const

function Data() {
  const t = useTexts()
  const f = useFormats()
  const { watch } = useCallSession()
  const { data } = useStore(watch.heard)
  const limits = LIMITS.map((each) => each * MEGABYTE).filter((each) => each > data.bytes || each === data.allowed)
  const allowed = data.allowed === undefined ? 'none' : String(data.allowed)
  const known = data.allowed === undefined || limits.includes(data.allowed) ? limits : [...limits, data.allowed].sort((a, b) => a - b)
  return (
    <Stack gap={2} as="section">
      <h3>{t('calls.settings.data')}</h3>
      <p>{t('calls.settings.data.used', { megabytes: f.number(megabytes(data.bytes), 1) })}</p>
      <Field label={t('calls.settings.data.limit')} hint={t('calls.settings.data.words')}>
        <Select
          value={allowed}
          onChange={(chosen) => watch.allow(chosen === 'none' ? undefined : Number(chosen))}
          options={[
            { value: 'none', label: t('calls.settings.data.none') },
            ...known.map((each) => ({ value: String(each), label: t('calls.settings.data.megabytes', { megabytes: megabytes(each) }) })),
          ]}
        />
      </Field>
    </Stack>
  )
}
