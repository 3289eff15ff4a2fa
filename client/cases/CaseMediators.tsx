// Who mediates a case, and how another comes in: proposed here, agreed to by the sides in the room.
import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card, PersonLine } from '#client/ui/base/surfaces.tsx'
import { ErrorState } from '#client/ui/feedback/ErrorState.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { RadioGroup, Select } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { caseMediatorPropose, mediatorChoices } from '#shared/cases/case-routes.ts'
import { type CaseFacts, mediatorsOf } from '#shared/cases/case-state.ts'
import { type CasePhase, isMediationOver } from '#shared/cases/phases.ts'
import { type AccountId, asId, type CaseId, type ParticipantId } from '#shared/kernel/ids.ts'

interface CaseMediatorsProps {
  readonly caseId: CaseId
  readonly facts: CaseFacts
  readonly phase: CasePhase
}

export function CaseMediators({ caseId, facts, phase }: CaseMediatorsProps) {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  const [asked, setAsked] = useState(false)
  return (
    <Card as="section">
      <Stack gap={3}>
        <Stack gap={1}>
          <h2>{t('cases.mediators')}</h2>
          <Muted small>{t('cases.mediators.lead')}</Muted>
        </Stack>
        {mediatorsOf({ facts }).map(({ id, name, organisation }) => (
          <PersonLine key={id} name={name} who="mediators" note={organisation} />
        ))}
        {asked && <p role="status">{t('cases.mediators.asked')}</p>}
        {!isMediationOver(phase) && (
          <div>
            <Button icon="plus" onClick={() => setOpen(true)}>
              {t('cases.mediators.propose')}
            </Button>
          </div>
        )}
        {open && (
          <Proposing
            caseId={caseId}
            onAsked={() => {
              setAsked(true)
              setOpen(false)
            }}
            onClose={() => setOpen(false)}
          />
        )}
      </Stack>
    </Card>
  )
}

interface ProposingProps {
  readonly caseId: CaseId
  readonly onAsked: () => void
  readonly onClose: () => void
}

function Proposing({ caseId, onAsked, onClose }: ProposingProps) {
  const t = useTexts()
  const call = useStaffCall()
  const request = useRequest()
  const [participantId] = useState(() => asId<ParticipantId>(randomId()))
  const [accountId, setAccount] = useState<AccountId | ''>('')
  const [how, setHow] = useState<'beside' | 'instead'>()
  const { state: choices, reload } = useLoad(caseId, () => call(mediatorChoices, { caseId }))
  const isReady = accountId !== '' && how !== undefined
  const propose = async () => {
    if (accountId === '' || how === undefined) return false
    return request.run(async () => void (await call(caseMediatorPropose, { caseId, participantId, accountId, instead: how === 'instead' })))
  }
  const found = choices.kind === 'here' ? choices.value.mediators : []
  return (
    <ConfirmDialog
      title={t('cases.mediators.propose')}
      confirm={t('cases.mediators.do')}
      disabled={!isReady}
      busy={request.busy}
      problem={request.problem}
      act={propose}
      onDone={onAsked}
      onClose={onClose}
    >
      {choices.kind === 'loading' && <Loading />}
      {choices.kind === 'refused' && <ErrorState problem={choices.problem} onRetry={() => void reload()} />}
      {choices.kind === 'here' && found.length === 0 && <p>{t('cases.mediators.nobody')}</p>}
      {found.length > 0 && (
        <>
          <Field label={t('cases.mediators.who')}>
            <Select
              value={accountId}
              placeholder={t('cases.mediators.choose')}
              options={found.map(({ accountId: value, name, organisation }) => ({
                value,
                label: [name, organisation].filter(Boolean).join(', '),
              }))}
              onChange={setAccount}
            />
          </Field>
          <RadioGroup
            label={t('cases.mediators.how')}
            value={how}
            onChange={setHow}
            options={[
              { value: 'beside', label: t('cases.mediators.beside') },
              { value: 'instead', label: t('cases.mediators.instead'), note: t('cases.mediators.instead.note') },
            ]}
          />
          <Muted small>{t('cases.mediators.what')}</Muted>
        </>
      )}
    </ConfirmDialog>
  )
}
