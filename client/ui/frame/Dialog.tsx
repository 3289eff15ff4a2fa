// The platform's own dialog: focus stays inside, Escape and Back close, the rest of the page is inert, focus goes back where it was.
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { IconButton } from '#client/ui/actions/Button.tsx'
import { isMedia } from '#client/ui/state/use-media.ts'
import { useCover } from '#client/ui/state/use-tab-history.ts'
import './dialog.css'

interface DialogProps {
  readonly title: ReactNode
  readonly onClose: () => void
  /** Buttons at the lower edge, the safe one first. */
  readonly actions?: ReactNode
  readonly size?: 's' | 'm' | 'l' | undefined
  /** Stands for one that is on its way, and is seen only where that takes long. */
  readonly coming?: boolean
  readonly children: ReactNode
}

const FIRST_FIELD = '.ui-dialog-body :is(input:not([type=radio], [type=checkbox]), textarea)'

/** Shown as long as it is rendered: `{open && <Dialog …>}`. */
export function Dialog({ title, onClose, actions, size = 'm', coming = false, children }: DialogProps) {
  const t = useTexts()
  const box = useRef<HTMLDialogElement>(null)
  const id = useId()
  useCover(true, onClose)
  useEffect(() => {
    const dialog = box.current
    const before = document.activeElement
    dialog?.showModal()
    // where keys lie under the hands they go into the first field; elsewhere a keyboard would rise over the words
    if (isMedia('desktop-hands')) dialog?.querySelector<HTMLElement>(FIRST_FIELD)?.focus()
    return () => {
      dialog?.close()
      // React removes the element before the browser could give the focus back
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
  return (
    <dialog
      ref={box}
      className="ui-dialog"
      data-size={size}
      data-coming={coming || undefined}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <header>
        <h2 id={id}>{title}</h2>
        <IconButton icon="x" label={t('ui.close')} onClick={onClose} />
      </header>
      <div className="ui-dialog-body">{children}</div>
      {actions && <footer>{actions}</footer>}
    </dialog>
  )
}
