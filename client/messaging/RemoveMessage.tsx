// Taking one message away for good: offered beside it to whoever may, asked once in plain words, because nobody can bring it back.
import { createContext, useCallback, useContext, useEffect, useRef, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import type { RoomView } from '#client/rooms/rooms-of.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { canRedact } from '#shared/messaging/messaging-policy.ts'
import { messageRedact } from '#shared/messaging/messaging-protocol.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import './messaging.css'

/** The id of what stands on the page in a removed message's place. */
export const placeOf = ({ seq }: Pick<Message, 'seq'>) => `removed-${seq}`

/** The room of the conversation that is drawn: who would lose the words is said when it is asked. */
export const RemovalRoom = createContext<RoomView | undefined>(undefined)

/** Whether one may take away what somebody has said here; the same function as long as the answers are the same. */
export function useMayRemove(audience: Audience): (author: ParticipantId) => boolean {
  const { state, me } = useCase()
  const room = useSlice(roomFold, audience)
  const { phase } = state
  return useCallback((author) => room !== undefined && canRedact(me, { audience, room, phase, author }), [me, room, phase, audience])
}

interface MenuProps {
  readonly audience: Audience
  readonly message: Message
  readonly text: string
  readonly author: string
}

export function MessageMenu(props: MenuProps) {
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

function RemoveMessageDialog({ audience, message, text, onClose }: MenuProps & { readonly onClose: () => void }) {
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
