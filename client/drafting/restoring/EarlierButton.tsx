// The way to earlier texts. What is behind it is fetched when it is pressed.
import { useCallback, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { FetchedDialog } from '#client/ui/frame/FetchedDialog.tsx'

const load = async () => (await import('./EarlierTexts.tsx')).EarlierTexts

export function EarlierButton() {
  const t = useTexts()
  const [open, setOpen] = useState(false)
  const onClose = useCallback(() => setOpen(false), [])
  return (
    <>
      <Button icon="clock" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {t('drafting.earlier.open')}
      </Button>
      {open && <FetchedDialog load={load} props={{ onClose }} title={t('drafting.earlier.open')} />}
    </>
  )
}
