// Above the talk, only while something waits: for an answer, to be passed on, or to be told that a withdrawal came too late.
import { useTexts } from '#client/i18n/texts.tsx'
import { useOutboxEntries, useSlice } from '#client/realtime/use-case.tsx'
import { audienceWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { crossingFold, isOpen, permissionsIn, questionsTo } from '#shared/crossing/crossing-state.ts'
import type { Audience } from '#shared/kernel/audience.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { withdrawalsIn } from './use-withdrawal.ts'
import './crossing.css'

export function CrossingBar({ audience, onShow }: { readonly audience: Audience; readonly onShow: () => void }) {
  const t = useTexts()
  const { state, me } = useCase()
  const known = useSlice(crossingFold, audience) ?? crossingFold.initial
  const late = withdrawalsIn(useOutboxEntries(), audience).some((entry) => entry.state.kind === 'refused')
  const asked = questionsTo(me.id, known) > 0
  const count = permissionsIn(known).filter(isOpen).length
  if (!late && !asked && count === 0) return null
  const words = late
    ? t('crossing.bar.late')
    : asked
      ? t('crossing.bar.asked')
      : t(mediates(me) ? 'crossing.bar.to-deliver' : 'crossing.bar.allowed', { count })
  return (
    <div className="crossing-bar" data-who={audienceWho(state, audience)}>
      <span role={late ? 'alert' : 'status'}>{words}</span>
      <Button size="s" kind={asked ? 'who' : 'plain'} who={audienceWho(state, audience)} onClick={onShow}>
        {t(asked && !late ? 'crossing.bar.answer' : 'crossing.bar.show')}
      </Button>
    </div>
  )
}
