import { useMemo } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import { nameIn } from '#shared/cases/case-state.ts'
import type { ChildReport } from '#shared/child-report/child-report-state.ts'

/** A letter to the body: it names neither the case nor its sides, but what the mediator has written. */
export function PrintedReport({ report, body, onPrinted }: { report: ChildReport; body: string | undefined } & AskedPrint) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const asked = useMemo(() => ({ onPrinted }), [onPrinted])
  return (
    <PrintSheet mark={t('child-report.paper.mark')} asked={asked}>
      {() => (
        <article>
          <p>{body}</p>
          <h1>{t('child-report.paper.heading')}</h1>
          <p className="child-report-words">{report.text}</p>
          <p>{t('child-report.paper.by', { name: nameIn(state, me.id) ?? '', date: f.date(report.madeAt) })}</p>
          <p>{t('child-report.paper.sign')}</p>
        </article>
      )}
    </PrintSheet>
  )
}
