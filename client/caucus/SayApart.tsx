// An ordinary message of the mediator to all, one tap away; the system itself never tells that a private talk takes place.
import { useTexts } from '#client/i18n/texts.tsx'
import { useMayWrite } from '#client/messaging/use-may-write.ts'
import { useTalk, useTalkStore } from '#client/messaging/use-talk.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import './caucus.css'

export function SayApart() {
  const t = useTexts()
  const talk = useTalkStore()
  const { guard } = useTalk()
  if (!useMayWrite('all')) return null
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
