// Taking one message away for good: offered beside it to whoever may.
import { useCallback, useContext, useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCase } from '#client/rooms/use-room.ts'
import { Menu } from '#client/ui/actions/Menu.tsx'
import { FetchedDialog } from '#client/ui/frame/FetchedDialog.tsx'
import type { Audience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { canRedact } from '#shared/messaging/messaging-policy.ts'
import type { Message } from '#shared/messaging/messaging-state.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import { MessageActsContext } from './message-acts.ts'

const load = async () => (await import('./RemoveMessageDialog.tsx')).RemoveMessageDialog

/** Whether one may take away what somebody has said here; the same function as long as the answers are the same. */
export function useMayRemove(audience: Audience): (author: ParticipantId) => boolean {
  const { state, me } = useCase()
  const room = useSlice(roomFold, audience)
  const { phase } = state
  return useCallback((author) => room !== undefined && canRedact(me, { audience, room, phase, author }), [me, room, phase, audience])
}

export interface MessageToRemove {
  readonly audience: Audience
  readonly message: Message
  readonly text: string
  readonly author: string
}

export function MessageMenu(props: MessageToRemove) {
  const t = useTexts()
  const f = useFormats()
  const [asking, setAsking] = useState(false)
  const { author, message, text } = props
  const more = useContext(MessageActsContext)?.items(message, text) ?? []
  return (
    <>
      <Menu
        label={t('messaging.menu', { author, time: f.time(message.at) })}
        items={[...more, { id: 'remove', label: t('messaging.remove'), icon: 'trash', danger: true, onSelect: () => setAsking(true) }]}
      />
      {asking && <FetchedDialog load={load} props={{ ...props, onClose: () => setAsking(false) }} title={t('messaging.remove')} />}
    </>
  )
}
