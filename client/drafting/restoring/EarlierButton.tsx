// The way to earlier texts. What is behind it is fetched when it is pressed.
import { type ComponentType, lazy, Suspense, useCallback, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { PartBoundary, PartFailed } from '#client/ui/feedback/PartBoundary.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'

export function EarlierButton() {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  const close = useCallback(() => setOpen(false), [])
  const alone = (content: React.ReactNode) => (
    <Dialog title={t('drafting.earlier.open')} size="l" onClose={close}>
      {content}
    </Dialog>
  )
  return (
    <>
      <Button icon="clock" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('drafting.earlier.open')}
      </Button>
      {open && (
        <PartBoundary fallback={(part) => alone(<PartFailed {...part} />)}>
          <Fetched onClose={close} waiting={alone(<Loading />)} />
        </PartBoundary>
      )}
    </>
  )
}

/** Built anew, it fetches anew; see LazyPart. */
function Fetched({ onClose, waiting }: { onClose: () => void; waiting: React.ReactNode }) {
  const [Shown] = useState<ComponentType<{ onClose: () => void }>>(() =>
    lazy(async () => ({ default: (await import('./EarlierTexts.tsx')).EarlierTexts })),
  )
  return (
    <Suspense fallback={waiting}>
      <Shown onClose={onClose} />
    </Suspense>
  )
}
