// What stands with the private talk, shown in its room: invited, under way, ended by either end at any time (art. 5).
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { sideWho } from '#client/rooms/people.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { problemWords } from '#client/ui/problem-words.ts'
import { nameIn } from '#shared/cases/case-state.ts'
import { canAnswerCall, canEndCaucus, canEnterCaucus, canInviteToCaucus } from '#shared/caucus/caucus-policy.ts'
import { callAnswer, caucusEnd } from '#shared/caucus/caucus-protocol.ts'
import type { SideId } from '#shared/kernel/ids.ts'
import { mediates } from '#shared/kernel/roles.ts'
import { useCaucus } from './use-caucus.ts'
import './caucus.css'

interface CaucusBarProps {
  readonly sideId: SideId
  readonly onInvite: () => void
  readonly onStepOver: () => void
}

export function CaucusBar({ sideId, onInvite, onStepOver }: CaucusBarProps) {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const caucus = useCaucus(sideId)
  const { run, busy, problem } = useCommand()
  const { stage } = caucus.caucus
  const mediator = mediates(me)
  const mayInvite = canInviteToCaucus(me, sideId, state, caucus)
  const answering = canAnswerCall(me, sideId, caucus)
  if (stage === 'closed' && !mayInvite && !answering) return null
  const words =
    caucus.caucus.stage === 'open'
      ? t('caucus.bar.open', { time: f.time(caucus.caucus.at) })
      : caucus.caucus.stage === 'invited'
        ? mediator
          ? t('caucus.bar.invited-by-you', { time: f.time(caucus.caucus.at) })
          : t('caucus.bar.invited')
        : caucus.call
          ? t(`caucus.bar.called.${caucus.call.reason}`, { name: nameIn(state, caucus.call.by) ?? '', time: f.time(caucus.call.at) })
          : t('caucus.bar.quiet')
  return (
    <div className="caucus-bar" data-who={sideWho(state, sideId)}>
      <span role={problem ? 'alert' : undefined}>{problem ? problemWords(problem, t) : words}</span>
      <span className="caucus-bar-acts">
        {answering && (
          <Button size="s" busy={busy} onClick={() => void run(callAnswer, { sideId })}>
            {t('caucus.bar.answer')}
          </Button>
        )}
        {mayInvite && (
          <Button size="s" kind="who" who={sideWho(state, sideId)} onClick={onInvite}>
            {t('caucus.bar.invite')}
          </Button>
        )}
        {canEnterCaucus(me, sideId, caucus) && (
          <Button size="s" kind="who" who={sideWho(state, sideId)} onClick={onStepOver}>
            {t('caucus.bar.enter')}
          </Button>
        )}
        {canEndCaucus(me, sideId, caucus) && (
          <Button size="s" kind="quiet" busy={busy} onClick={() => void run(caucusEnd, { sideId })}>
            {t('caucus.bar.end')}
          </Button>
        )}
      </span>
    </div>
  )
}
