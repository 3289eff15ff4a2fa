// The paper route: print the same text with its code and lines for signatures; once signed by hand, the mediator says where and when.
import { useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { DateInput } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { Disclosure } from '#client/ui/frame/Disclosure.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { canRecordPaper } from '#shared/signing/signing-policy.ts'
import { paperRecord } from '#shared/signing/signing-protocol.ts'
import { SaveButton } from './SaveButton.tsx'
import type { ShownVersion } from './use-version.ts'

export function PaperRoute({ shown, api }: { shown: ShownVersion; api: AuthorisedApi }) {
  const t = useTexts()
  const [recording, setRecording] = useState(false)
  const { version, situation } = shown
  return (
    <Disclosure label={t('signing.paper')}>
      <Stack gap={3}>
        <p>{t('signing.paper.how')}</p>
        <SaveButton api={api} what="paper" versionId={version.versionId} />
        {canRecordPaper(situation) ? (
          <Button icon="check" onClick={() => setRecording(true)}>
            {t('signing.paper.record')}
          </Button>
        ) : (
          <Muted small>{t('signing.paper.only-without')}</Muted>
        )}
      </Stack>
      {recording && <PaperDialog shown={shown} onClose={() => setRecording(false)} />}
    </Disclosure>
  )
}

function PaperDialog({ shown: { version, caseState }, onClose }: { shown: ShownVersion; onClose: () => void }) {
  const t = useTexts()
  const format = useFormats()
  const client = useCaseClient()
  const { run, busy, problem } = useCommand()
  const fault = wordsAt('place', problem, t)
  const today = format.isoDate(client.now())
  const [signedOn, setSignedOn] = useState('')
  const [place, setPlace] = useState(caseState.facts?.agreement.place ?? '')
  return (
    <ConfirmDialog
      title={t('signing.paper.record')}
      cancel={t('ui.back')}
      confirm={t('signing.paper.record.do')}
      busy={busy}
      missing={(signedOn === '' || place.trim() === '') && t('signing.missing.paper')}
      problem={fault ? undefined : problem}
      act={() => run(paperRecord, { versionId: version.versionId, signedOn, place: place.trim() })}
      onClose={onClose}
    >
      <p>{t('signing.paper.record.what')}</p>
      <Field label={t('signing.paper.day')}>
        <DateInput value={signedOn} onChange={setSignedOn} max={today} />
      </Field>
      <Field label={t('signing.paper.place')} error={fault}>
        <TextInput value={place} onChange={setPlace} maxLength={120} />
      </Field>
    </ConfirmDialog>
  )
}
