// Asks once in plain words before a message is taken away, because nobody can bring it back.
import { useContext } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { MessageToRemove } from './RemoveMessage.tsx'
import { RemovalRoom } from './removal-place.ts'
import { useRemoval } from './use-removal.ts'
import './messaging.css'

export function RemoveMessageDialog({ audience, message, text, onClose }: MessageToRemove & { readonly onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const removal = useRemoval(audience, message)
  const others = useContext(RemovalRoom)?.readers.flatMap(({ id, name }) => (id === me.id ? [] : [name])) ?? []
  return (
    <ConfirmDialog
      title={t('messaging.remove.title')}
      kind="danger"
      cancel={t('messaging.remove.keep')}
      confirm={t('messaging.remove.do')}
      {...removal}
      onClose={onClose}
      gap={3}
    >
      <blockquote className="messaging-removing">{text}</blockquote>
      <p>
        <b>{t('messaging.remove.for-good')}</b>{' '}
        {others.length > 0 ? t('messaging.remove.where', { names: f.list(others) }) : t('messaging.remove.where-alone')}
      </p>
      <p>{t('messaging.remove.mark')}</p>
      <p>{t('messaging.remove.remains')}</p>
    </ConfirmDialog>
  )
}
