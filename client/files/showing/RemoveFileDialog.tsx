// Asks once in plain words before a file is taken away, because nobody can bring it back.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useRemoval } from '#client/messaging/use-removal.ts'
import { otherReaders, type RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { FileFacts } from '#shared/files/files-protocol.ts'
import type { FilePost } from '#shared/files/files-state.ts'

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
  const removal = useRemoval(room.audience, post)
  const others = otherReaders(room, me.id).map(({ name }) => name)
  return (
    <ConfirmDialog
      title={t('files.remove.title')}
      kind="danger"
      cancel={t('files.remove.keep')}
      confirm={t('messaging.remove.do')}
      {...removal}
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
