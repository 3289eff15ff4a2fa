// A side's word on this very text: ready to sign, or not yet. Only the mediator learns of it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { useCase } from '#client/rooms/use-room.ts'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { TwoWaySwitch } from '#client/ui/forms/TwoWaySwitch.tsx'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canGiveReady, canWithdrawReady } from '#shared/drafting/drafting-policy.ts'
import { readyGive, readyWithdraw } from '#shared/drafting/drafting-protocol.ts'
import { readyFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import type { OpenDraft } from './use-draft.ts'
import { useWriters } from './use-writers.ts'
import { writersInWords } from './writer-words.ts'

export function ReadyBar({ draft, view, me }: { draft: OpenDraft; view: View; me: Person }) {
  const t = useTexts()
  const given = useSlice(readyFold, directAudience(me.id))?.ready
  const command = useCommand()
  const situation = draftSituation(view, me)
  const f = useFormats()
  const { state } = useCase()
  const ready = given !== undefined && given.revision === draft.revision
  const isChanged = given !== undefined && !ready && draft.save.kind !== 'loading'
  const writers = writersInWords(useWriters(draft, isChanged ? given.revision : undefined), { t, f, state, me })
  const saved = draft.save.kind === 'saved'
  if (draft.closed || !canWithdrawReady(me, situation)) return null
  return (
    <footer className="draft-bar">
      <p id="draft-ready-words" role="status">
        {ready && t('drafting.ready.given')}
        {isChanged && (writers ? t('drafting.ready.voided.by', { names: writers }) : t('drafting.ready.voided'))}
        {!given && t('drafting.ready.ask')}
        {!saved && !ready && ` ${t('drafting.ready.unsaved')}`}
      </p>
      <TwoWaySwitch
        label={t('drafting.ready')}
        describedBy="draft-ready-words"
        value={ready ? 'ready' : 'not-yet'}
        busy={command.busy}
        options={[
          { value: 'ready', label: t('drafting.ready.yes'), disabled: !saved || !canGiveReady(me, situation) },
          { value: 'not-yet', label: t('drafting.ready.no') },
        ]}
        onChange={(answer) =>
          void (answer === 'ready'
            ? command.run(readyGive, { generation: draft.generation, revision: draft.revision })
            : command.run(readyWithdraw, {}))
        }
      />
      {command.problem && <ProblemBanner problem={command.problem} onClose={command.clear} />}
    </footer>
  )
}
