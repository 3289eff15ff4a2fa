// Opening a case. What is wrong is said beside the field; what was typed is kept on the server until the case is open.
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { randomId } from '#client/http/random-id.ts'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useForm } from '#client/identity/forms/use-form.ts'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { useAccount, useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ErrorState, ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Skeleton } from '#client/ui/feedback/states.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import { caseCreate } from '#shared/cases/case-routes.ts'
import { isComplete } from '#shared/identity/identity-protocol.ts'
import { asId, type UnfinishedId } from '#shared/kernel/ids.ts'
import { CaseFields } from './CaseFields.tsx'
import { type CaseForm, canAddSide, emptyCaseForm, newCaseOf, withSide } from './case-form.ts'
import { createFormKeeper } from './form-keeper.ts'
import { KeepingNote } from './KeepingNote.tsx'
import type { Keeping } from './kept-form.ts'
import { ProfileFirst } from './ProfileFirst.tsx'
import { SideFields } from './SideFields.tsx'
import { useLeavingWarning } from './use-leaving-warning.ts'
import '../reasons.ts'
import '../cases.css'

/** `id`: of a form that was begun before. A new one gets its address with the first change, so that a reload finds it. */
export function NewCaseScreen({ id }: { id?: UnfinishedId | undefined }) {
  const f = useFormats()
  const { locale } = useLocale()
  const tools = useTools()
  const [, navigate] = useLocation()
  const keeper = tools.once(createFormKeeper)
  const [fresh] = useState(() => asId<UnfinishedId>(randomId()))
  const [empty] = useState(() => emptyCaseForm({ today: f.isoDate(tools.api.now()), language: locale }))
  const shown = id ?? fresh
  const kept = useStore(keeper).get(shown)
  const found = useLoad(shown, async () => {
    if (id !== undefined && !keeper.state().has(id)) await keeper.load(id)
  })
  useLeavingWarning(keeper, kept?.keeping)
  const form = kept?.form ?? (id === undefined ? empty : undefined)
  const reload = () => {
    keeper.forget(shown)
    void found.reload()
  }
  return (
    <OfficeFrame width="wide">
      {!form && found.state.kind !== 'refused' && <Skeleton lines={8} />}
      {!form && found.state.kind === 'refused' && <ErrorState problem={found.state.problem} onRetry={reload} />}
      {form && (
        <OpeningForm
          key={shown}
          form={form}
          keeping={kept?.keeping}
          onReload={reload}
          onChange={(next) => {
            keeper.change(shown, next)
            if (id !== shown) navigate(`/office/new/${shown}`, { replace: true })
          }}
          opening={(act) => keeper.opening(shown, act)}
          unfinishedId={kept ? shown : undefined}
        />
      )}
    </OfficeFrame>
  )
}

interface OpeningFormProps {
  readonly form: CaseForm
  readonly keeping: Keeping | undefined
  readonly unfinishedId: UnfinishedId | undefined
  readonly onChange: (form: CaseForm) => void
  readonly onReload: () => void
  /** Opens the case while nothing of the form is saved. */
  readonly opening: (act: () => Promise<void>) => Promise<void>
}

function OpeningForm({ form, keeping, unfinishedId, onChange, onReload, opening }: OpeningFormProps) {
  const t = useTexts()
  const call = useStaffCall()
  const { profile } = useAccount()
  const [, navigate] = useLocation()
  const sending = useForm(caseCreate.input, (input) =>
    opening(async () => {
      const { caseId } = await call(caseCreate, { ...input, ...(unfinishedId === undefined ? {} : { unfinishedId }) })
      navigate(`/office/cases/${caseId}`, { replace: true })
    }),
  )
  const change = (next: CaseForm, ...paths: readonly string[]) => {
    onChange(next)
    for (const path of paths) sending.touch(path)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void sending.submit(newCaseOf(form))
  }
  const lacksProfile = sending.problem?.reason === 'cases/profile-incomplete'
  return (
    <form ref={sending.ref} onSubmit={submit} noValidate className="case-new">
      <Stack gap={2}>
        <h1>{t('cases.open')}</h1>
        <Muted>{t('cases.open.lead')}</Muted>
      </Stack>
      {!isComplete(profile) && !lacksProfile && <ProfileFirst />}
      <CaseFields form={form} faults={sending.faults} onChange={change} />
      <section className="case-new-sides" aria-labelledby="new-case-sides">
        <Stack gap={1}>
          <h2 id="new-case-sides">{t('cases.sides')}</h2>
          <Muted>{t('cases.sides.lead')}</Muted>
        </Stack>
        <div className="case-new-sides-beside">
          {form.sides.map((side, at) => (
            <SideFields key={side.key} form={form} side={side} at={at} faults={sending.faults} onChange={change} />
          ))}
        </div>
        {canAddSide(form) && (
          <Button icon="plus" onClick={() => change(withSide(form))}>
            {t('cases.side.add')}
          </Button>
        )}
      </section>
      {lacksProfile && <ProfileFirst urgent />}
      {sending.problem && !lacksProfile && <ProblemBanner problem={sending.problem} />}
      {sending.faults.size > 0 && (
        <Banner tone="bad" urgent>
          {t('cases.faults', { count: sending.faults.size })}
        </Banner>
      )}
      <KeepingNote keeping={keeping} onReload={onReload} />
      <Row gap={3} wrap>
        <SubmitButton kind="primary" size="l" busy={sending.busy} wait={sending.wait}>
          {t('cases.open.action')}
        </SubmitButton>
        <LinkButton href="/office" size="l" kind="quiet">
          {t(keeping ? 'cases.open.later' : 'ui.cancel')}
        </LinkButton>
      </Row>
    </form>
  )
}
