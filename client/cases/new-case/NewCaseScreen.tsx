// One calm form in four parts. What is wrong is said beside the field; what was typed survives a walk through the office.
import { type FormEvent, useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useTools } from '#client/http/tools.tsx'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useForm } from '#client/identity/forms/use-form.ts'
import { OfficeFrame } from '#client/identity/staff/OfficeFrame.tsx'
import { useStaffCall } from '#client/identity/staff/use-staff.tsx'
import { Button, LinkButton } from '#client/ui/actions/Button.tsx'
import { Muted, Row, Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { SubmitButton } from '#client/ui/forms/SubmitButton.tsx'
import { caseCreate } from '#shared/cases/case-routes.ts'
import { CaseFields } from './CaseFields.tsx'
import { type CaseForm, canAddSide, emptyCaseForm, newCaseOf, withSide } from './case-form.ts'
import { createFormMemory } from './form-memory.ts'
import { SideFields } from './SideFields.tsx'
import '../reasons.ts'
import '../cases.css'

export function NewCaseScreen() {
  const t = useTexts()
  const f = useFormats()
  const { locale } = useLocale()
  const tools = useTools()
  const call = useStaffCall()
  const [, navigate] = useLocation()
  const memory = tools.once(createFormMemory)
  const [form, setForm] = useState(() => memory.recall() ?? emptyCaseForm({ today: f.isoDate(tools.api.now()), language: locale }))
  const [begun, setBegun] = useState(memory.recall() !== undefined)
  const sending = useForm(caseCreate.input, async (input) => {
    const { caseId } = await call(caseCreate, input)
    memory.keep(undefined)
    setBegun(false)
    navigate(`/office/cases/${caseId}`, { replace: true })
  })
  const change = (next: CaseForm, ...paths: readonly string[]) => {
    setForm(next)
    memory.keep(next)
    setBegun(true)
    for (const path of paths) sending.touch(path)
  }
  useEffect(() => {
    if (!begun) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [begun])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void sending.submit(newCaseOf(form))
  }
  return (
    <OfficeFrame>
      <form ref={sending.ref} onSubmit={submit} noValidate className="case-new">
        <Stack gap={2}>
          <h1>{t('cases.open')}</h1>
          <Muted>{t('cases.open.lead')}</Muted>
        </Stack>
        <CaseFields form={form} faults={sending.faults} onChange={change} />
        <section className="case-new-sides" aria-labelledby="new-case-sides">
          <Stack gap={1}>
            <h2 id="new-case-sides">{t('cases.sides')}</h2>
            <Muted>{t('cases.sides.lead')}</Muted>
          </Stack>
          {form.sides.map((side, at) => (
            <SideFields key={side.key} form={form} side={side} at={at} faults={sending.faults} onChange={change} />
          ))}
          {canAddSide(form) && (
            <Button icon="plus" onClick={() => change(withSide(form))}>
              {t('cases.side.add')}
            </Button>
          )}
        </section>
        {sending.problem && <ProblemBanner problem={sending.problem} />}
        {sending.faults.size > 0 && (
          <Banner tone="bad" urgent>
            {t('cases.faults', { count: sending.faults.size })}
          </Banner>
        )}
        <Row gap={3} wrap>
          <SubmitButton kind="primary" size="l" busy={sending.busy} wait={sending.wait}>
            {t('cases.open.action')}
          </SubmitButton>
          <LinkButton href="/office" size="l" kind="quiet">
            {t(begun ? 'cases.open.later' : 'ui.cancel')}
          </LinkButton>
        </Row>
      </form>
    </OfficeFrame>
  )
}
