// Asks what is to be printed or saved: the text, or what was said in the joint session. Nothing of a caucus can be asked for.
import { useMemo, useState } from 'react'
import { authorisedApi } from '#client/http/authorised-api.ts'
import { useTools } from '#client/http/tools.tsx'
import { useTexts } from '#client/i18n/texts.tsx'
import { registerJointRecordReasons } from '#client/joint-record/reasons.ts'
import { SaveRecord } from '#client/joint-record/SaveRecord.tsx'
import { PrintedRecord, useWholeRecord } from '#client/messaging/PrintedRecord.tsx'
import type { RoomSession } from '#client/rooms/room-session.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Stack } from '#client/ui/base/layout.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Loading } from '#client/ui/feedback/states.tsx'
import { Dialog } from '#client/ui/frame/Dialog.tsx'

registerJointRecordReasons()

interface PrintDialogProps {
  readonly session: RoomSession
  readonly onText: () => void
  readonly onClose: () => void
}

export function PrintDialog({ session, onText, onClose }: PrintDialogProps) {
  const t = useTexts()
  const { facts } = useCase().state
  const tools = useTools()
  const api = useMemo(() => authorisedApi(tools.api, session), [tools.api, session])
  const [record, setRecord] = useState(false)
  return (
    <Dialog title={t('rooms.paper.title')} size="s" onClose={onClose}>
      {record ? (
        <Record onPrinted={onClose} />
      ) : (
        <Stack gap={3}>
          <Button onClick={onText}>{t('rooms.paper.text')}</Button>
          {facts?.conductedBy !== 'judge' && <Button onClick={() => setRecord(true)}>{t('rooms.paper.record')}</Button>}
          <SaveRecord api={api} />
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
