// Asks once in plain words before a message is taken away, because nobody can bring it back.
import { useContext, useEffect, useRef } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import type { MessageToRemove } from './RemoveMessage.tsx'
import { placeOf, RemovalRoom } from './removal-place.ts'
import './messaging.css'

export function RemoveMessageDialog({ audience, message, text, onClose }: MessageToRemove & { readonly onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const { run, busy, problem } = useCommand()
  const others = useContext(RemovalRoom)?.readers.flatMap(({ id, name }) => (id === me.id ? [] : [name])) ?? []
  // The button that led here goes with the message: whoever goes by keyboard stays at its place.
  const asked = useRef(false)
  const place = placeOf(message)
  useEffect(
    () => () => {
      if (asked.current) document.getElementById(place)?.focus()
    },
    [place],
  )
  const remove = () => {
    asked.current = true
    return run(messageRedact, { audience, epoch: message.epoch, seq: message.seq })
  }
  return (
    <ConfirmDialog
      title={t('messaging.remove.title')}
      kind="danger"
      cancel={t('messaging.remove.keep')}
      confirm={t('messaging.remove.do')}
      busy={busy}
      problem={problem}
      act={remove}
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
