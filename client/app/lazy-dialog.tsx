import { FetchedDialog } from '#client/ui/frame/FetchedDialog.tsx'
import { type Part, useLoadWithTexts } from './lazy-part.tsx'

interface LazyDialogProps<Props extends { readonly onClose: () => void }> {
  readonly part: Part<Props>
  readonly props: Props
  /** The words on the button that asked for it. */
  readonly title: string
}

/** A dialog with its texts, fetched when it is asked for. */
export function LazyDialog<Props extends { readonly onClose: () => void }>({ part, ...shown }: LazyDialogProps<Props>) {
  return <FetchedDialog load={useLoadWithTexts(part)} {...shown} />
}
