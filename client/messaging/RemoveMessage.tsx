// Taking one message away for good: offered beside it to whoever may, asked once in plain words, because nobody can bring it back.
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { canRedact } from '#shared/messaging/messaging-policy.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import './messaging.css'

/** The id of what stands on the page in a removed message's place. */
export const placeOf = ({ seq }: Pick<Message, 'seq'>) => `removed-${seq}`

/** Undefined for whoever may not take this message away. */
export function useMessageMenu(room: RoomView): (message: Message, text: string, author: string) => ReactNode {
  const { state, me } = useCase()
  const folded = useSlice(roomFold, room.audience)
  return (message, text, author) => {
    if (!folded || !canRedact(me, { audience: room.audience, room: folded, phase: state.phase, author: message.by })) return undefined
    return <MessageMenu room={room} message={message} text={text} author={author} />
  }
}

interface MenuProps {
  readonly room: RoomView
  readonly message: Message
  readonly text: string
  readonly author: string
}

function MessageMenu(props: MenuProps) {
  const t = useTexts()
  const f = useFormats()
  const [asking, setAsking] = useState(false)
  const { author, message } = props
  return (
    <>
      <Menu
        label={t('messaging.menu', { author, time: f.time(message.at) })}
        items={[{ id: 'remove', label: t('messaging.remove'), icon: 'trash', danger: true, onSelect: () => setAsking(true) }]}
      />
      {asking && <RemoveMessageDialog {...props} onClose={() => setAsking(false)} />}
    </>
  )
}

function RemoveMessageDialog({ room, message, text, onClose }: MenuProps & { readonly onClose: () => void }) {
  const t = useTexts()
  const f = useFormats()
  const { me } = useCase()
  const { run, busy, problem } = useCommand()
  const others = room.readers.filter(({ id }) => id !== me.id).map(({ name }) => name)
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
    return run(messageRedact, { audience: room.audience, epoch: message.epoch, seq: message.seq })
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
