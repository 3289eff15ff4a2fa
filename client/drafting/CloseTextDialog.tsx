// Asks once, and says what will happen, to whom, and what still stands in the way.
import { useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { freezeRequest } from '#shared/drafting/drafting-protocol.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'

interface CloseTextDialogProps {
  readonly revision: number
  readonly saved: boolean
  /** Sides that are not ready for this very text. */
  readonly waiting: readonly string[]
  /** Headings with nothing beneath them. */
  readonly empty: readonly string[]
  readonly onClose: () => void
}

export function CloseTextDialog({ revision, saved, waiting, empty, onClose }: CloseTextDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const command = useCommand()
  // One id for as long as the dialog is open: asking twice closes once.
  const [versionId] = useState(() => asId<VersionId>(randomId()))
  return (
    <ConfirmDialog
      title={t('drafting.close.title')}
      icon="lock"
      cancel={t('drafting.close.notYet')}
      confirm={t('drafting.close.confirm')}
      busy={command.busy}
      problem={command.problem}
      disabled={waiting.length > 0 || !saved}
      act={() => command.run(freezeRequest, { versionId, revision })}
      onClose={onClose}
    >
      <ul className="draft-close-points">
        <li>{t('drafting.close.nobodyWrites')}</li>
        <li>{t('drafting.close.sameForAll')}</li>
        <li>{t('drafting.close.canReopen')}</li>
      </ul>
      {waiting.length > 0 && <Banner tone="warn">{t('drafting.close.waiting', { sides: f.list([...waiting]) })}</Banner>}
      {empty.length > 0 && (
        <Banner tone="warn" title={t('drafting.close.empty')}>
          <ul>
            {empty.map((heading) => (
              <li key={heading}>{heading}</li>
            ))}
          </ul>
        </Banner>
      )}
    </ConfirmDialog>
  )
}
