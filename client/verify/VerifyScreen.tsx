// The public check (Digital Code, art. 50(4), 61(4)): choose a file, see who signed what and when, and what of it is not proven.
import { useEffect, useState } from 'react'
import { useTools } from '#client/http/tools.tsx'
import { useLoad } from '#client/http/use-load.ts'
import { RichText, useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { PageFrame, PageHeader } from '#client/ui/frame/PageFrame.tsx'
import type { TrustedRoot } from '#shared/signing/bundle/report.ts'
import { authorityLook } from '#shared/signing/signing-routes.ts'
import { type Checked, type Chosen, checkFile } from './check-file.ts'
import { FileDrop } from './FileDrop.tsx'
import { OwnAuthority } from './OwnAuthority.tsx'
import { ReportView } from './ReportView.tsx'
import { RootField } from './RootField.tsx'
import { reportTitle } from './report-words.ts'
import './verify.css'

export function VerifyScreen() {
  const t = useTexts()
  const announce = useAnnounce()
  const [chosen, setChosen] = useState<Chosen>()
  const [root, setRoot] = useState<TrustedRoot>()
  const [checked, setChecked] = useState<Checked>()
  const { api } = useTools()
  const { state: asked } = useLoad('authority', () => api.call(authorityLook, {}))
  const own = asked.kind === 'here' ? asked.value : undefined
  const report = checked?.report

  useEffect(() => {
    if (!chosen) return
    let current = true
    void checkFile(crypto.subtle, chosen, { typed: root, own }).then((answer) => {
      if (current) setChecked(answer)
    })
    return () => {
      current = false
    }
  }, [chosen, root, own])

  useEffect(() => {
    if (report) announce(reportTitle(report, t))
  }, [report, announce, t])

  const choose = async (reading: Promise<Chosen>) => {
    setChecked(undefined)
    // what the device itself cannot read any more, or never could, is chosen as nothing
    setChosen(await reading.catch(() => undefined))
  }
  return (
    <PageFrame header={<PageHeader home="/" />} width="normal">
      <Stack gap={5} className="verify">
        <Stack gap={2}>
          <h1>{t('verify.title')}</h1>
          <Muted>{t('verify.lead')}</Muted>
        </Stack>
        <FileDrop chosen={chosen} onChoose={(reading) => void choose(reading)} />
        {chosen && !report && <Loading>{t('verify.checking')}</Loading>}
        {checked && <ReportView {...checked} />}
        {(!report || report.authority) && !checked?.isOwn && <RootField given={report?.authority?.trust} onChange={setRoot} />}
        {report && (
          <div className="verify-after">
            <Button icon="print" onClick={() => window.print()}>
              {t('verify.print')}
            </Button>
          </div>
        )}
        {own && <OwnAuthority authority={own} />}
        <Muted small>
          <RichText id="verify.offline" marks={{ code: <code className="verify-command" /> }} />
        </Muted>
      </Stack>
    </PageFrame>
  )
}
