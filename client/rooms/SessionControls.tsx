// A session begins and ends by the mediator's hand, and so does the mediation without an agreement (art. 26(1)); with one it ends by the
// signatures. Each says what will happen, and to whom.
import { useState } from 'react'
import type { TextId } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted, Row } from '#client/ui/base/layout.tsx'
import { ProblemBanner } from '#client/ui/feedback/ErrorState.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { canCloseCase, canEndMediation, canEndSession, canResume, canStartSession, canSuspend } from '#shared/cases/case-policy.ts'
import { mediationResume, sessionEnd, sessionStart } from '#shared/cases/case-protocol.ts'
import type { CasePhase } from '#shared/cases/phases.ts'
import { CloseCaseDialog } from './CloseCaseDialog.tsx'
import { EndMediation } from './EndMediation.tsx'
import { SuspendDialog } from './SuspendDialog.tsx'
import { useCase } from './use-room.ts'
import './rooms.css'

const NO_SESSION = {
  preparing: 'rooms.session.not-begun',
  mediating: 'rooms.session.between',
  performing: 'rooms.session.performing',
  closed: 'rooms.session.over',
} as const satisfies Record<CasePhase, TextId>

export function SessionControls() {
  const t = useTexts()
  const f = useFormats()
  const { state, me } = useCase()
  const { run, busy, problem } = useCommand()
  const [asking, setAsking] = useState<'session' | 'mediation' | 'suspend' | 'case'>()
  const standing = state.session
    ? t('rooms.session.since', { time: f.time(state.session.since) })
    : t(state.suspended ? 'rooms.suspend.standing' : NO_SESSION[state.phase])
  return (
    <section className="rooms-session" aria-label={t('rooms.session.title')}>
      <Muted small>{standing}</Muted>
      {problem && <ProblemBanner problem={problem} />}
      <Row gap={2} wrap>
        {canSuspend(me, state) && (
          <Button kind="quiet" onClick={() => setAsking('suspend')}>
            {t('rooms.suspend.item')}
          </Button>
        )}
        {canEndMediation(me, state) && (
          <Button kind="quiet" onClick={() => setAsking('mediation')}>
            {t('rooms.mediation.end')}
          </Button>
        )}
        {canCloseCase(me, state) && (
          <Button kind="quiet" onClick={() => setAsking('case')}>
            {t('rooms.case.close')}
          </Button>
        )}
        {canEndSession(me, state) && <Button onClick={() => setAsking('session')}>{t('rooms.session.end')}</Button>}
        {canResume(me, state) && (
          <Button kind="primary" busy={busy} onClick={() => void run(mediationResume, {})}>
            {t('rooms.suspend.resume')}
          </Button>
        )}
        {canStartSession(me, state) && (
          <Button kind="primary" busy={busy} onClick={() => void run(sessionStart, {})}>
            {t('rooms.session.start')}
          </Button>
        )}
      </Row>
      {asking === 'session' && <EndSession onClose={() => setAsking(undefined)} />}
      {asking === 'case' && <CloseCaseDialog onClose={() => setAsking(undefined)} />}
      {asking === 'suspend' && <SuspendDialog onClose={() => setAsking(undefined)} />}
      {asking === 'mediation' && <EndMediation onClose={() => setAsking(undefined)} />}
    </section>
  )
}

function EndSession({ onClose }: { onClose: () => void }) {
  const t = useTexts()
  const { run, busy, problem } = useCommand()
  return (
    <ConfirmDialog
      title={t('rooms.session.end-title')}
      cancel={t('rooms.session.go-on')}
      confirm={t('rooms.session.end')}
      busy={busy}
      problem={problem}
      act={() => run(sessionEnd, {})}
      onClose={onClose}
    >
      <p>{t('rooms.session.end-words')}</p>
    </ConfirmDialog>
  )
}
