// The way to paper from a room: the dialog is fetched when somebody wishes to print what the screen does not print by itself.
import { type ComponentProps, useEffect, useEffectEvent } from 'react'
import { LazyDialog } from '#client/app/lazy-dialog.tsx'
import type { Part } from '#client/app/lazy-part.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import type { PrintDialog } from './PrintDialog.tsx'

const DIALOG: Part<ComponentProps<typeof PrintDialog>> = {
  groups: ['print'],
  load: async () => (await import('./PrintDialog.tsx')).PrintDialog,
}

export function Printing(props: ComponentProps<typeof PrintDialog>) {
  return <LazyDialog part={DIALOG} props={props} title={useTexts()('rooms.print')} />
}

/** What comes out where the text is not open: a room puts none of its words on paper by accident. */
export function NothingPrinted() {
  return <p className="app-print-note">{useTexts()('rooms.print.nothing')}</p>
}

/** The keys that print, while the page has no text to put on paper. */
export function usePrintKeys(ask: (() => void) | undefined): void {
  const asked = useEffectEvent(() => ask?.())
  const heard = ask !== undefined
  useEffect(() => {
    if (!heard) return
    // by the key's place: on a Russian or Kazakh keyboard another letter stands on it
    const press = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.code !== 'KeyP') return
      event.preventDefault()
      asked()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [heard])
}
