// Beside the text: how many places to look at before it is closed. Opened, they stand in one list, each with a way to its place and, where
// there is one, the mending.
import { useId, useState } from 'react'
import type { Translate } from '#client/i18n/text-ids.ts'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Icon } from '#client/ui/base/Icon.tsx'
import { type ClosingFault, isToConfirm } from '#shared/drafting/closing/closing-fault.ts'
import { faultWords } from './fault-words.ts'
import type { Closing } from './use-closing.ts'
import './closing.css'

interface Mended {
  readonly words: string
  readonly step: unknown
}

export function ClosingFaults({ closing, writable }: { closing: Closing; writable: boolean }) {
  const t = useTexts()
  const list = useId()
  const [open, setOpen] = useState(false)
  const [mended, setMended] = useState<Mended>()
  const faults = closing.faults?.filter((fault) => !closing.isLeft(fault))
  const hands = closing.hands.current
  const canTakeBack = writable && mended !== undefined && hands?.lastStep() === mended.step
  if (!faults) return null
  const show = (fault: ClosingFault) => {
    setOpen(false)
    closing.hands.current?.show(fault)
  }
  const mend = (fault: ClosingFault, { instead, done }: Mending) => {
    closing.hands.current?.mend(fault, instead)
    setMended({ words: done, step: closing.hands.current?.lastStep() })
  }
  return (
    <section className="draft-closing" aria-label={t('drafting.faults.title')}>
      {canTakeBack && (
        <div className="draft-closing-mended" role="status">
          <p>{mended.words}</p>
          <Button size="s" onClick={() => closing.hands.current?.undo()}>
            {t('drafting.tools.undo')}
          </Button>
        </div>
      )}
      {open && faults.length > 0 && (
        <ul id={list} className="draft-closing-list">
          {faults.map((fault) => (
            <li key={`${fault.kind} ${fault.found} ${fault.block}`}>
              <button type="button" className="draft-closing-place" onClick={() => show(fault)}>
                {faultWords(fault, t)}
              </button>
              {writable && (
                <span className="draft-closing-acts">
                  {mendingsOf(fault, t).map((mending) => (
                    <Button key={mending.instead} size="s" onClick={() => mend(fault, mending)}>
                      {mending.label}
                    </Button>
                  ))}
                  {isToConfirm(fault) && (
                    <Button size="s" kind="quiet" onClick={() => closing.leave(fault)}>
                      {t('drafting.faults.leave')}
                    </Button>
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {faults.length > 0 ? (
        <button
          type="button"
          className="draft-closing-count"
          aria-expanded={open}
          aria-controls={open ? list : undefined}
          onClick={() => setOpen(!open)}
        >
          <Icon name="info" />
          <span role="status">{t('drafting.faults.count', { places: faults.length })}</span>
          <Icon name="down" />
        </button>
      ) : (
        <p className="draft-closing-count" role="status">
          <Icon name="check" />
          {t('drafting.faults.none')}
        </p>
      )}
    </section>
  )
}

interface Mending {
  readonly label: string
  readonly instead: string
  /** Said once it is done. */
  readonly done: string
}

export function mendingsOf({ kind, found, instead = [] }: ClosingFault, t: Translate): readonly Mending[] {
  switch (kind) {
    case 'mixed-word':
      return instead.map((word) => ({
        instead: word,
        label: /^[\p{P}\p{N}\s]+$/u.test(word)
          ? t('drafting.faults.digits', { word })
          : t(/\p{Script=Cyrillic}/u.test(word) ? 'drafting.faults.cyrillic' : 'drafting.faults.latin', { word }),
        done: t('drafting.letters.exchanged', { found, instead: word }),
      }))
    case 'other-date':
    case 'no-date':
      return instead.map((day) => ({
        instead: day,
        label: t('drafting.faults.day', { day }),
        done: t('drafting.faults.day.done', { day }),
      }))
    case 'no-heading':
    case 'missing-heading':
      return instead.map((words) => ({ instead: words, label: t('drafting.faults.heading'), done: t('drafting.faults.heading.done') }))
    default:
      return []
  }
}
