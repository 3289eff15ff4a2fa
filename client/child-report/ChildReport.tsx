// A mediator's reports on a child in danger: written, printed, marked when they were handed over. They stand in the mediator's own audience.
import { useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { randomId } from '#client/http/random-id.ts'
import { useLoad } from '#client/http/use-load.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { Card } from '#client/ui/base/surfaces.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { Field } from '#client/ui/forms/Field.tsx'
import { TextArea } from '#client/ui/forms/inputs.tsx'
import { Select } from '#client/ui/forms/rare-inputs.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'
import { wordsAt } from '#client/ui/problem-words.ts'
import { childReportHandOver, childReportMake, MAX_REPORT_LENGTH, REPORT_WAYS } from '#shared/child-report/child-report-protocol.ts'
import { childProtectionLook } from '#shared/child-report/child-report-routes.ts'
import { childReportsFold, type ChildReport as Report } from '#shared/child-report/child-report-state.ts'
import { selfAudience } from '#shared/kernel/audience.ts'
import { asId, type CommandId } from '#shared/kernel/ids.ts'
import { PrintedReport } from './PrintedReport.tsx'
import './child-report.css'

const newId = () => asId<CommandId>(randomId())

export function ChildReport({ api, onClose }: { readonly api: AuthorisedApi; readonly onClose: () => void }) {
  const t = useTexts()
  const { me } = useCase()
  const { reports } = useSlice(childReportsFold, selfAudience(me.id)) ?? childReportsFold.initial
  const known = useLoad('child-protection', async () => (await api.call(childProtectionLook, {})).body)
  const body = known.state.kind === 'here' ? known.state.value : undefined
  const made = Object.entries(reports).sort(([, a], [, b]) => b.madeAt - a.madeAt)
  return (
    <Dialog title={t('child-report.title')} onClose={onClose}>
      <Stack gap={4}>
        <p>{t('child-report.duty')}</p>
        <p>{body ?? t(known.state.kind === 'refused' ? 'child-report.body-unknown' : 'child-report.no-body')}</p>
        <NewReport />
        {made.map(([id, report]) => (
          <MadeReport key={id} id={asId<CommandId>(id)} report={report} body={body} />
        ))}
      </Stack>
    </Dialog>
  )
}

function NewReport() {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  const [text, setText] = useState('')
  const [reportId, setReportId] = useState(newId)
  const fault = wordsAt('text', problem, t)
  const make = async () => {
    if (!(await run(childReportMake, { reportId, text }))) return
    setText('')
    setReportId(newId())
  }
  return (
    <Stack gap={3}>
      {problem && !fault && <ProblemBanner problem={problem} />}
      <Field label={t('child-report.text')} hint={t('child-report.text.hint')} error={fault}>
        <TextArea value={text} onChange={setText} maxLength={MAX_REPORT_LENGTH} />
      </Field>
      <Muted small>{t('child-report.only-you')}</Muted>
      {text.trim() === '' && <Muted small>{t('child-report.text-first')}</Muted>}
      <Button kind="primary" busy={busy} disabled={text.trim() === ''} onClick={() => void make()}>
        {t('child-report.make')}
      </Button>
    </Stack>
  )
}

function MadeReport({ id, report, body }: { id: CommandId; report: Report; body: string | undefined }) {
  const t = useTexts()
  const f = useFormats()
  const { run, busy, problem } = useCommand()
  const [printing, setPrinting] = useState(false)
  const { handedOver } = report
  return (
    <Card as="section" tight>
      <Stack gap={3}>
        <h3>{t('child-report.made', { stamp: f.stamp(report.madeAt) })}</h3>
        <p className="child-report-words">{report.text}</p>
        {problem && <ProblemBanner problem={problem} />}
        <Button icon="print" onClick={() => setPrinting(true)}>
          {t('child-report.print')}
        </Button>
        {handedOver ? (
          <Muted small>
            {t('child-report.handed-over', { way: t(`child-report.way.${handedOver.way}`), stamp: f.stamp(handedOver.at) })}
          </Muted>
        ) : (
          <Field label={t('child-report.hand-over')}>
            <Select
              value=""
              placeholder={t('child-report.way.choose')}
              disabled={busy}
              options={REPORT_WAYS.map((value) => ({ value, label: t(`child-report.way.${value}`) }))}
              onChange={(way) => void run(childReportHandOver, { reportId: id, way })}
            />
          </Field>
        )}
        {printing && <PrintedReport report={report} body={body} onPrinted={() => setPrinting(false)} />}
      </Stack>
    </Card>
  )
}
