// An ordinary message of the mediator to all, one tap away; the system itself never tells that a private talk takes place.
import { useTexts } from '#client/i18n/texts.tsx'
import { useTalk, useTalkStore } from '#client/messaging/use-talk.tsx'
import { useCase, useView } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { canPost } from '#shared/messaging/messaging-policy.ts'
import { roomFold } from '#shared/rooms/room-state.ts'
import './caucus.css'

export function SayApart() {
  const t = useTexts()
  const talk = useTalkStore()
  const { guard } = useTalk()
  const { state, me } = useCase()
  const room = useView().state(roomFold, 'all')
  if (!room || !canPost(me, 'all', room, state)) return null
  const words = t('caucus.apart.message')
  const held = guard.held.some(({ audience }) => audience === 'all')
  return (
    <div className="caucus-apart" data-who="joint">
      <p>{t('caucus.apart.words', { message: words })}</p>
      <Button kind="plain" icon="people" disabled={held} onClick={() => talk.say('all', words)}>
        {t('caucus.apart.send')}
      </Button>
    </div>
  )
}
