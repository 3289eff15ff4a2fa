// The mediator's side of it: who is ready for this very text, closing it for signing, and the way to earlier texts.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { draftSituation, readinessOfSides } from '#shared/drafting/draft-view.ts'
import { canRequestFreeze, canRestore } from '#shared/drafting/drafting-policy.ts'
import type { Person } from '#shared/kernel/actor.ts'
import type { View } from '#shared/log/decide.ts'
import { CloseTextDialog } from './CloseTextDialog.tsx'
import type { Closing } from './closing/use-closing.ts'
import { EarlierButton } from './restoring/EarlierButton.tsx'
import type { OpenDraft } from './use-draft.ts'

/** Where the text cannot be shown as it stands, an earlier one is the way on. */
export function AsideBar({ view, me }: { view: View; me: Person }) {
  const t = useTexts()
  if (!canRestore(me, draftSituation(view, me))) return null
  return (
    <footer className="draft-bar draft-bar-mediator">
      <p>{t('drafting.earlier.aside')}</p>
      <EarlierButton />
    </footer>
  )
}

interface MediatorBarProps {
  readonly draft: OpenDraft
  readonly view: View
  readonly me: Person
  readonly closing: Closing
}

export function MediatorBar({ draft, view, me, closing }: MediatorBarProps) {
  const t = useTexts()
  const f = useFormats()
  const [asking, setAsking] = useState(false)
  if (draft.closed || !canRequestFreeze(me, draftSituation(view, me))) return null
  const sides = readinessOfSides(view, draft.revision)
  const ready = sides.filter((side) => side.ready).map((side) => side.name)
  return (
    <footer className="draft-bar draft-bar-mediator">
      <p role="status">{ready.length > 0 ? t('drafting.mediator.ready', { sides: f.list(ready) }) : t('drafting.mediator.nobody')}</p>
      <div className="draft-bar-acts">
        <EarlierButton />
        <Button kind={ready.length === sides.length ? 'primary' : 'plain'} icon="lock" onClick={() => setAsking(true)}>
          {t('drafting.mediator.close')}
        </Button>
      </div>
      {asking && (
        <CloseTextDialog
          revision={draft.revision}
          saved={draft.save.kind === 'saved'}
          waiting={sides.filter((side) => !side.ready).map((side) => side.name)}
          closing={closing}
          onClose={() => setAsking(false)}
        />
      )}
    </footer>
  )
}
