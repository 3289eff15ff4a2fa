import { FetchedPart } from '#client/ui/feedback/FetchedPart.tsx'
import type { Load } from '#client/ui/feedback/fetched.ts'
import { PartBoundary, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from './Dialog.tsx'

interface FetchedDialogProps<Props extends { readonly onClose: () => void }> {
  readonly load: Load<Props>
  readonly props: Props
  /** While it is on its way, and where it cannot be fetched: the words on the button that asked for it. */
  readonly title: string
}

/** A dialog that few people open. That it comes, or cannot, is said in its own place: a press is always answered where one looks. */
export function FetchedDialog<Props extends { readonly onClose: () => void }>({ load, props, title }: FetchedDialogProps<Props>) {
  const { onClose } = props
  return (
    <PartBoundary
      fallback={(part) => (
        <Dialog title={title} onClose={onClose}>
          <PartFailed {...part} />
        </Dialog>
      )}
    >
      <FetchedPart
        load={load}
        props={props}
        fallback={
          <Dialog title={title} coming onClose={onClose}>
            <Loading />
          </Dialog>
        }
      />
    </PartBoundary>
  )
}
