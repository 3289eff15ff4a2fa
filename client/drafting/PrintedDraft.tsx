// The draft on paper: the text as this device has it, and that nobody has signed it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient } from '#client/realtime/use-case.tsx'
import { type AskedPrint, PrintSheet } from '#client/ui/print/PrintSheet.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import { documentOfDraft } from './document-of-draft.ts'
import { PlainText } from './PlainText.tsx'
import type { OpenDraft } from './use-draft.ts'

export function PrintedDraft({ draft: { doc, language }, asked }: { draft: OpenDraft; asked?: AskedPrint | undefined }) {
  const client = useCaseClient()
  return (
    <PrintSheet mark={<DraftMark now={() => client.now()} />} language={language} asked={asked}>
      {() => (
        <Paper>
          <PlainText blocks={documentOfDraft(doc, language)} />
        </Paper>
      )}
    </PrintSheet>
  )
}

/** Its time is that of the printing, not that of the screen. */
function DraftMark({ now }: { now: () => number }) {
  const t = useTexts()
  const f = useFormats()
  return t('drafting.print.mark', { when: f.stamp(now()) })
}
