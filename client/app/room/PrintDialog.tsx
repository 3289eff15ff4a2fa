// Asks what is to be printed: the text, or what was said in the joint session. Nothing of a caucus can be asked for.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { PrintedRecord, useWholeRecord } from '#client/messaging/PrintedRecord.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'

interface PrintDialogProps {
  readonly onText: () => void
  readonly onClose: () => void
}

export function PrintDialog({ onText, onClose }: PrintDialogProps) {
  const t = useTexts()
  const [record, setRecord] = useState(false)
  return (
    <Dialog title={t('rooms.paper.title')} size="s" onClose={onClose}>
      {record ? (
        <Record onPrinted={onClose} />
      ) : (
        <Stack gap={3}>
          <Button onClick={onText}>{t('rooms.paper.text')}</Button>
          <Button onClick={() => setRecord(true)}>{t('rooms.paper.record')}</Button>
          <p>{t('rooms.paper.never')}</p>
        </Stack>
      )}
    </Dialog>
  )
}

function Record({ onPrinted }: { onPrinted: () => void }) {
  const t = useTexts()
  const { whole, failed, count, fetch } = useWholeRecord()
  if (whole) return <PrintedRecord onPrinted={onPrinted} />
  if (!failed) return <Loading>{t('rooms.paper.coming', { count })}</Loading>
  return (
    <Stack gap={3}>
      <Banner tone="warn" urgent>
        {t('rooms.paper.failed')}
      </Banner>
      <Button onClick={fetch}>{t('ui.retry')}</Button>
    </Stack>
  )
}
