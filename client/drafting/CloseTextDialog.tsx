// Asks once, and says what will happen, to whom, and what still stands in the way.
import { useMemo, useState } from 'react'
import { randomId } from '#client/http/random-id.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { useFormats } from '#client/i18n/use-formats.ts'
import { useCommand } from '#client/realtime/use-command.ts'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { ConfirmDialog } from '#client/ui/frame/ConfirmDialog.tsx'
import { type ClosingFault, confirmedOf, isSameFault, isToConfirm } from '#shared/drafting/closing/closing-fault.ts'
import { freezeRequest } from '#shared/drafting/drafting-protocol.ts'
import { asId, type VersionId } from '#shared/kernel/ids.ts'
import { FaultsToClose } from './closing/FaultsToClose.tsx'
import type { Closing } from './closing/use-closing.ts'

interface CloseTextDialogProps {
  readonly revision: number
  readonly saved: boolean
  /** Sides that are not ready for this very text. */
  readonly waiting: readonly string[]
  readonly closing: Closing
  readonly onClose: () => void
}

export function CloseTextDialog({ revision, saved, waiting, closing, onClose }: CloseTextDialogProps) {
  const t = useTexts()
  const f = useFormats()
  const command = useCommand()
  // One id for as long as the dialog is open: asking twice closes once.
  const [versionId] = useState(() => asId<VersionId>(randomId()))
  const { faultsNow } = closing
  // biome-ignore lint/correctness/useExhaustiveDependencies: another revision is another text
  const faults = useMemo(() => faultsNow(), [faultsNow, revision])
  // What was left beside the text has been looked at.
  const [confirmed, setConfirmed] = useState<readonly ClosingFault[]>(() => faults.filter(closing.isLeft))
  const isConfirmed = (fault: ClosingFault) => confirmed.some((each) => isSameFault(each, fault))
  const standing = faults.filter((fault) => !isToConfirm(fault) || !isConfirmed(fault))
  const left = confirmedOf(faults.filter((fault) => !standing.includes(fault)))
  const missing = waiting.length > 0 ? 'ready' : !saved ? 'saved' : standing.length > 0 ? 'places' : undefined
  return (
    <ConfirmDialog
      title={t('drafting.close.title')}
      icon="lock"
      cancel={t('drafting.close.notYet')}
      confirm={t('drafting.close.confirm')}
      busy={command.busy}
      problem={command.problem}
      missing={missing !== undefined && t(`drafting.close.missing.${missing}`)}
      act={() => command.run(freezeRequest, { versionId, revision, ...(left.length > 0 && { confirmed: left }) })}
      onClose={onClose}
    >
      <ul className="draft-close-points">
        <li>{t('drafting.close.nobodyWrites')}</li>
        <li>{t('drafting.close.sameForAll')}</li>
        <li>{t('drafting.close.canReopen')}</li>
      </ul>
      {waiting.length > 0 && <Banner tone="warn">{t('drafting.close.waiting', { sides: f.list([...waiting]) })}</Banner>}
      <FaultsToClose
        faults={faults}
        isConfirmed={isConfirmed}
        onConfirm={(fault, yes) => setConfirmed([...confirmed.filter((each) => !isSameFault(each, fault)), ...(yes ? [fault] : [])])}
        onShow={(fault) => {
          onClose()
          closing.hands.current?.show(fault)
        }}
      />
    </ConfirmDialog>
  )
}
