// A mediator's own notes, over whatever is shown of the case and beside the talk where there is room. Opened by hand alone: a screen gets
// shared by mistake.
import { type ComponentProps, useEffect, useRef } from 'react'
import { LazyPart, type Part } from '#client/app/lazy-part.tsx'
import type { NotePanel } from '#client/drafting/NotePanel.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { PartBoundary, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'
import './room.css'

const NOTES: Part<ComponentProps<typeof NotePanel>> = {
  groups: ['draft', 'note'],
  load: async () => (await import('#client/drafting/NotePanel.tsx')).NotePanel,
}

interface NoteSheetProps extends ComponentProps<typeof NotePanel> {
  readonly onClose: () => void
}

export function NoteSheet({ where, onClose }: NoteSheetProps) {
  const t = useTexts()
  const sheet = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    sheet.current?.querySelector<HTMLElement>('button')?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <aside
      ref={sheet}
      className="app-notes"
      aria-labelledby="app-notes-title"
      onKeyDown={(event) => {
        // the first press leads out of the text
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <header className="app-notes-head">
        <h2 id="app-notes-title">{t('rooms.notes')}</h2>
        <IconButton icon="x" label={t('rooms.notes.close')} onClick={onClose} />
      </header>
      <PartBoundary fallback={(part) => <PartFailed {...part} title={t('rooms.notes.failed')} />}>
        <LazyPart part={NOTES} props={{ where }} />
      </PartBoundary>
    </aside>
  )
}
