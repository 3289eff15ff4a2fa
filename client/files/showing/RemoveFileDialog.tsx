// Asks once in plain words before a file is taken away, because nobody can bring it back.
import { useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { placeOf } from '#client/messaging/removal-place.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { FilePost } from '#shared/files/files-state.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'

interface RemoveFileDialogProps {
  readonly room: RoomView
  readonly post: FilePost
  readonly file: FileFacts
  readonly onClose: () => void
}

export function RemoveFileDialog({ room, post, file, onClose }: RemoveFileDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const { run, busy, problem } = useCommand()
  const others = otherReaders(room, me.id).map(({ name }) => name)
  // the button that led here goes with the file: whoever goes by keyboard stays at its place
  const asked = useRef(false)
  const place = placeOf(post)
  useEffect(
    () => () => {
      if (asked.current) document.getElementById(place)?.focus()
    },
    [place],
  )
  const remove = () => {
    asked.current = true
    return run(messageRedact, { audience: room.audience, epoch: post.epoch, seq: post.seq })
  }
  return (
    <ConfirmDialog
      title={t('files.remove.title')}
      kind="danger"
      cancel={t('files.remove.keep')}
      confirm={t('messaging.remove.do')}
      busy={busy}
      problem={problem}
      act={remove}
      onClose={onClose}
      gap={3}
    >
      <p className="files-removing">{file.name}</p>
      <p>
        <b>{t('messaging.remove.for-good')}</b>{' '}
        {others.length > 0 ? t('files.remove.where', { names: f.list(others) }) : t('files.remove.where-alone')}
      </p>
      <p>{t('files.remove.mark')}</p>
      <p>{t('files.remove.remains')}</p>
    </ConfirmDialog>
  )
}
