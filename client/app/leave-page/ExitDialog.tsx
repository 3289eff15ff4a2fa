import { useTexts } from '#client/i18n/texts.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'

/** What leaving takes away, what it cannot take away, and what it costs. */
export function ExitDialog({ onLeave, onClose }: { readonly onLeave: () => void; readonly onClose: () => void }) {
  const t = useTexts()
  const leave = async () => {
    onLeave()
    return true
  }
  return (
    <ConfirmDialog
      title={t('rooms.leave-page.title')}
      confirm={t('rooms.leave-page.leave')}
      cancel={t('rooms.leave-page.stay')}
      kind="primary"
      busy={false}
      act={leave}
      onClose={onClose}
    >
      <Stack gap={3}>
        <p>{t('rooms.leave-page.what')}</p>
        <ul>
          <li>{t('rooms.leave-page.unsent')}</li>
          <li>{t('rooms.leave-page.history')}</li>
          <li>{t('rooms.leave-page.back')}</li>
          <li>{t('rooms.leave-page.line')}</li>
        </ul>
        <p>{t('rooms.leave-page.next')}</p>
      </Stack>
    </ConfirmDialog>
  )
}
