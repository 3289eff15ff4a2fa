import { PartBoundary } from '#client/ui/feedback/PartBoundary.tsx'
import { Paper } from '#client/ui/talk/Paper.tsx'
import type { Closing } from './closing/use-closing.ts'
import { DraftEditor } from './DraftEditor.tsx'
import { documentOfDraft } from './document-of-draft.ts'
import { PlainText } from './PlainText.tsx'
import type { OpenDraft } from './use-draft.ts'

interface DocumentSheetProps {
  readonly draft: OpenDraft
  /** What the field is called. */
  readonly label: string
  readonly title: string
  readonly editable: boolean
  /** Of a text that is to be closed some day. */
  readonly closing?: Closing
}

/** The editor, or the text for reading where the editor cannot have it. A fault of the editor ends here and leaves what can be read. */
export function DocumentSheet({ draft, label, title, editable, closing }: DocumentSheetProps) {
  const { doc, health, language, session } = draft
  if (health.kind !== 'whole') {
    return (
      <Paper label={title}>
        <PlainText blocks={documentOfDraft(doc, language)} />
      </Paper>
    )
  }
  return (
    <PartBoundary key={doc.clientID} onFault={session.fail} fallback={() => null}>
      <DraftEditor doc={doc} language={language} label={label} title={title} session={session} editable={editable} closing={closing} />
    </PartBoundary>
  )
}
