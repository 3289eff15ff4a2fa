// Beside somebody who waits: whether they answered what is asked alone; what they said only once the mediator asks for it.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useSlice } from '#client/realtime/use-case.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { directAudience } from '#shared/kernel/audience.ts'
import type { ParticipantId } from '#shared/kernel/ids.ts'
import { type SafetyState, safetyFold } from '#shared/preparation/preparation-state.ts'
import './preparation.css'

export function SafetyNote({ person }: { readonly person: ParticipantId }) {
  const t = useTexts()
  const answered = useSlice(safetyFold, directAudience(person))?.answered
  const [shown, setShown] = useState(false)
  if (!answered) return <Muted small>{t('preparation.note.open')}</Muted>
  return (
    <div className="preparation-note">
      <Muted small>{t('preparation.note.answered')}</Muted>
      <Button size="s" icon={shown ? 'eye-off' : 'eye'} onClick={() => setShown(!shown)}>
        {t(shown ? 'preparation.note.hide' : 'preparation.note.show')}
      </Button>
      {shown && <Said answered={answered} />}
    </div>
  )
}

/** As that person's words; a question that was left open is said to be. */
function Said({ answered: { speak, afraid, need, words } }: { answered: NonNullable<SafetyState['answered']> }) {
  const t = useTexts()
  const open = t('preparation.note.skipped')
  return (
    <dl className="preparation-said">
      <dt>{t('preparation.safety.speak')}</dt>
      <dd>{speak ? t(`preparation.safety.speak.${speak}`) : open}</dd>
      <dt>{t('preparation.safety.afraid')}</dt>
      <dd>{afraid ? t(`preparation.safety.afraid.${afraid}`) : open}</dd>
      <dt>{t('preparation.safety.need')}</dt>
      <dd>
        {need ? t(`preparation.safety.need.${need}`) : open}
        {words && ` ${words}`}
      </dd>
    </dl>
  )
}
