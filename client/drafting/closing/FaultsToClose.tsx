// In the dialog that closes the text: what has to be mended first, and what the mediator has looked at and leaves as it stands.
import { useTexts } from '#client/i18n/texts.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Checkbox } from '#client/ui/forms/inputs.tsx'
import { type ClosingFault, isToConfirm } from '#shared/drafting/closing/closing-fault.ts'
import { faultWords } from './fault-words.ts'
import './closing.css'

interface FaultsToCloseProps {
  readonly faults: readonly ClosingFault[]
  readonly isConfirmed: (fault: ClosingFault) => boolean
  readonly onConfirm: (fault: ClosingFault, confirmed: boolean) => void
  /** Leaves the dialog for the text. */
  readonly onShow: (fault: ClosingFault) => void
}

export function FaultsToClose({ faults, isConfirmed, onConfirm, onShow }: FaultsToCloseProps) {
  const t = useTexts()
  const toMend = faults.filter((fault) => !isToConfirm(fault))
  const toConfirm = faults.filter(isToConfirm)
  const keyOf = ({ kind, found, block }: ClosingFault) => `${kind} ${found} ${block}`
  return (
    <>
      {toMend.length > 0 && (
        <Banner tone="warn" title={t('drafting.close.mend', { places: toMend.length })}>
          <ul className="draft-closing-inner">
            {toMend.map((fault) => (
              <li key={keyOf(fault)}>
                <button type="button" className="draft-closing-place" onClick={() => onShow(fault)}>
                  {faultWords(fault, t)}
                </button>
              </li>
            ))}
          </ul>
        </Banner>
      )}
      {toConfirm.length > 0 && (
        <Banner tone="info" title={t('drafting.close.look')}>
          <ul className="draft-closing-inner">
            {toConfirm.map((fault) => (
              <li key={keyOf(fault)}>
                <Checkbox checked={isConfirmed(fault)} onChange={(checked) => onConfirm(fault, checked)}>
                  {t('drafting.close.leave', { fault: faultWords(fault, t) })}
                </Checkbox>
                <button type="button" className="draft-closing-place" onClick={() => onShow(fault)}>
                  {t('drafting.faults.show')}
                </button>
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </>
  )
}
