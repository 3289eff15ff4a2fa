// The side steps over into the talk with the mediator. The mediator must know who hears, so the person is asked; nothing is preselected.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { AloudHere } from '#client/rooms/aloud/AloudHere.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Row } from '#client/ui/base/layout.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextInput } from '#client/ui/forms/inputs.tsx'
import { RadioGroup } from '#client/ui/forms/rare-inputs.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { caucusEnter } from '#shared/caucus/caucus-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { PhoneWords } from './PhoneWords.tsx'

export function StepOver({ sideId, onClose, onEntered }: { sideId: SideId; onClose: () => void; onEntered: () => void }) {
  const t = useTexts()
  const { state } = useCase()
  const { run, busy, problem } = useCommand()
  const fault = wordsAt('companions', problem, t)
  const [company, setCompany] = useState<'alone' | 'accompanied'>()
  const [companions, setCompanions] = useState('')
  const enter = async () => {
    if (!company) return false
    const named = companions.trim()
    const who = company === 'accompanied' && named !== '' ? { companions: named } : {}
    return run(caucusEnter, { sideId, company, ...who })
  }
  return (
    <ConfirmDialog
      title={t('caucus.step-over.title')}
      cancel={t('caucus.step-over.later')}
      confirm={t('caucus.step-over.enter')}
      busy={busy}
      missing={!company && t('caucus.step-over.missing')}
      problem={fault ? undefined : problem}
      act={enter}
      onClose={onClose}
      onDone={onEntered}
    >
      <Row justify="between" align="start">
        <p>{t('caucus.step-over.words')}</p>
        <AloudHere brief />
      </Row>
      {state.facts?.voice === 'phone' && <PhoneWords>{t('caucus.step-over.phone')}</PhoneWords>}
      <RadioGroup
        label={t('caucus.step-over.company')}
        value={company}
        onChange={setCompany}
        options={[
          { value: 'alone', label: t('caucus.step-over.alone') },
          { value: 'accompanied', label: t('caucus.step-over.accompanied'), note: t('caucus.step-over.accompanied-note') },
        ]}
      />
      {company === 'accompanied' && (
        <Field label={t('caucus.step-over.companions')} optional error={fault}>
          <TextInput value={companions} onChange={setCompanions} maxLength={160} />
        </Field>
      )}
    </ConfirmDialog>
  )
}
