// The public check (Digital Code, art. 50(4), 61(4)): choose a file, see who signed what and when, and what of it is not proven.
import { useEffect, useState } from 'react'
import { RichText, useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { BundleReport, TrustedRoot } from '#shared/signing/bundle/report.ts'
import { type ChosenFile, checkFile, chosenFile } from './check-file.ts'
import { FileDrop } from './FileDrop.tsx'
import { ReportView } from './ReportView.tsx'
import { RootField } from './RootField.tsx'
import { reportTitle } from './report-words.ts'
import './verify.css'

export function VerifyScreen() {
  const t = useTexts()
  const announce = useAnnounce()
  const [file, setFile] = useState<ChosenFile>()
  const [root, setRoot] = useState<TrustedRoot>()
  const [report, setReport] = useState<BundleReport>()

  useEffect(() => {
    if (!file) return
    let current = true
    checkFile(crypto.subtle, file, root).then(
      (answer) => {
        if (current) setReport(answer)
      },
      () => {
        // what the verifier could not even take apart is no bundle of ours
        if (current) setReport({ overall: 'broken', parts: [{ part: 'zip', state: 'broken', fault: 'not-a-zip' }] })
      },
    )
    return () => {
      current = false
    }
  }, [file, root])

  useEffect(() => {
    if (report) announce(reportTitle(report.overall, t))
  }, [report, announce, t])

  const choose = async (chosen: File) => {
    setReport(undefined)
    setFile(await chosenFile(chosen))
  }
  return (
    <PageFrame header={<PageHeader home="/" />} width="normal">
      <Stack gap={5} className="verify">
        <Stack gap={2}>
          <h1>{t('verify.title')}</h1>
          <Muted>{t('verify.lead')}</Muted>
        </Stack>
        <FileDrop file={file} onChoose={(chosen) => void choose(chosen)} />
        {file && !report && <Loading>{t('verify.checking')}</Loading>}
        {report && <ReportView report={report} />}
        {(!report || report.authority) && <RootField given={report?.authority?.trust} onChange={setRoot} />}
        {report && (
          <div className="verify-after">
            <Button icon="print" onClick={() => window.print()}>
              {t('verify.print')}
            </Button>
          </div>
        )}
        <Muted small>
          <RichText id="verify.offline" marks={{ code: <code className="verify-command" /> }} />
        </Muted>
      </Stack>
    </PageFrame>
  )
}
