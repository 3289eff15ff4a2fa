// A side's word on this very text: ready to sign, or not yet. Only the mediator learns of it.
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { draftSituation } from '#shared/drafting/draft-view.ts'
import { canGiveReady, canWithdrawReady } from '#shared/drafting/drafting-policy.ts'
import { readyGive, readyWithdraw } from '#shared/drafting/drafting-protocol.ts'
import { readyFold } from '#shared/drafting/drafting-state.ts'
import type { Person } from '#shared/kernel/actor.ts'
import { directAudience } from '#shared/kernel/audience.ts'
import type { View } from '#shared/log/decide.ts'
import type { OpenDraft } from './use-draft.ts'

export function ReadyBar({ draft, view, me }: { draft: OpenDraft; view: View; me: Person }) {
  const t = useTexts()
  const given = useSlice(readyFold, directAudience(me.id))?.ready
  const command = useCommand()
  const situation = draftSituation(view, me)
  const ready = given !== undefined && given.revision === draft.revision
  const saved = draft.save.kind === 'saved'
  if (draft.closed || !canWithdrawReady(me, situation)) return null
  return (
    <footer className="draft-bar">
      {command.problem && <ProblemBanner problem={command.problem} onClose={command.clear} />}
      <p id="draft-ready-words" role="status">
        {ready ? t('drafting.ready.given') : given ? t('drafting.ready.voided') : t('drafting.ready.ask')}
      </p>
      <div className="draft-bar-buttons">
        <Button
          wide
          busy={command.busy}
          aria-pressed={ready}
          aria-describedby="draft-ready-words"
          {...(ready ? { icon: 'check' as const } : {})}
          disabled={ready || !saved || !canGiveReady(me, situation)}
          onClick={() => void command.run(readyGive, { generation: draft.generation, revision: draft.revision })}
        >
          {t('drafting.ready.yes')}
        </Button>
        <Button wide aria-pressed={!ready} disabled={command.busy || !ready} onClick={() => void command.run(readyWithdraw, {})}>
          {t('drafting.ready.no')}
        </Button>
      </div>
    </footer>
  )
}
