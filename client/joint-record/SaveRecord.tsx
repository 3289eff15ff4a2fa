// The record of the joint session as a file that can be checked without us; and, for the mediator, its closing.
import { useState } from 'react'
import type { AuthorisedApi } from '#client/http/authorised-api.ts'
import { saveFile } from '#client/http/save-file.ts'
import { useRequest } from '#client/http/use-request.ts'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCaseClient, useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Stack } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { canExportRecord } from '#shared/joint-record/joint-record-policy.ts'
import { recordDownload } from '#shared/joint-record/joint-record-routes.ts'
import { recordClose } from '#shared/messaging/joint-record-protocol.ts'
import { jointRecordFold } from '#shared/messaging/joint-record-state.ts'
import { canCloseRecord } from '#shared/messaging/messaging-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'

export function SaveRecord({ api }: { readonly api: AuthorisedApi }) {
  const t = useTexts()
  const f = useFormats()
  const { locale: language } = useLocale()
  const { caseId } = useCaseClient()
  const { state, me } = useCase()
  const room = useSlice(roomFold, 'all') ?? roomFold.initial
  const record = useSlice(jointRecordFold, 'all') ?? jointRecordFold.initial
  const { busy, problem, run } = useRequest()
  const [closing, setClosing] = useState(false)
  const answer = canExportRecord(me, room, state)
  const save = async () => saveFile(await api.download(recordDownload, { caseId, language }), recordDownload.mediaType)
  return (
    <Stack gap={3}>
      {problem && <ProblemBanner problem={problem} />}
      {answer === 'yes' && (
        <>
          <Button icon="download" busy={busy} onClick={() => void run(save)}>
            {t('joint-record.save')}
          </Button>
          <Muted small>{t('joint-record.save.note')}</Muted>
        </>
      )}
      {(answer === 'judge' || answer === 'not-whole') && <Muted small>{t(`joint-record.${answer}`)}</Muted>}
      {record.closed && <Muted small>{t('joint-record.closed', { stamp: f.stamp(record.closed.at) })}</Muted>}
      {canCloseRecord(me, state, record) && (
        <Button kind="quiet" onClick={() => setClosing(true)}>
          {t('joint-record.close')}
        </Button>
      )}
      {closing && <CloseRecordDialog onClose={() => setClosing(false)} />}
    </Stack>
  )
}

function CloseRecordDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  return (
    <ConfirmDialog
      title={t('joint-record.close.title')}
      kind="danger"
      confirm={t('joint-record.close')}
      busy={busy}
      problem={problem}
      act={() => run(recordClose, {})}
      onClose={onClose}
    >
      <p>{t('joint-record.close.words')}</p>
    </ConfirmDialog>
  )
}
