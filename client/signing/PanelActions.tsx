// The lower edge: signing and refusing side by side, alike; for the mediator opening the text again instead.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { canDecline, canReopen, canSign } from '#shared/signing/signing-policy.ts'
import { DeclineDialog } from './DeclineDialog.tsx'
import { ReopenDialog } from './ReopenDialog.tsx'
import type { ShownVersion } from './use-version.ts'

interface PanelActionsProps {
  readonly shown: ShownVersion
  /** The text stands on the screen and is the frozen one. */
  readonly ready: boolean
  readonly onSign: () => void
}

export function PanelActions({ shown, ready, onSign }: PanelActionsProps) {
  const t = useTexts()
  const [asking, setAsking] = useState(false)
  const { situation } = shown
  const decline = canDecline(situation)
  const reopen = canReopen(situation)
  const sign = canSign(situation) && ready
  const close = () => setAsking(false)
  return (
    <>
      {(decline || reopen || sign) && (
        <footer className="signing-actions">
          {decline && <Button onClick={() => setAsking(true)}>{t('signing.decline')}</Button>}
          {reopen && <Button onClick={() => setAsking(true)}>{t('signing.reopen')}</Button>}
          {sign && (
            <Button kind="primary" icon="pen" onClick={onSign}>
              {t('signing.sign')}
            </Button>
          )}
        </footer>
      )}
      {asking && decline && <DeclineDialog version={shown.version} onClose={close} />}
      {asking && reopen && <ReopenDialog version={shown.version} onClose={close} />}
    </>
  )
}
