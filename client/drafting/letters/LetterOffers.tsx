// A quiet line at the foot of the sheet: letters that only look Kazakh, each exchanged by one press and brought back by another. It lies
// over the sheet's edge, so that no word moves when it comes or goes.
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button, IconButton } from '#client/ui/actions/Button.tsx'
import { bindingOf } from '#shared/document/binding/text-binding.ts'
import { exchangeLetter, type LetterOffer, offersIn } from './letter-offers.ts'
import './letter-offers.css'

interface Exchanged {
  readonly offer: LetterOffer
  /** What taking back would take back, as long as nothing else was written. */
  readonly step: unknown
}

export function LetterOffers({ editor }: { editor: Editor }) {
  const t = useTexts()
  const [kept, setKept] = useState<readonly string[]>([])
  const [exchanged, setExchanged] = useState<Exchanged>()
  const { offers, isLast } = useEditorState({
    editor,
    selector: ({ editor: { state } }) => ({ offers: offersIn(state), isLast: exchanged !== undefined && exchanged.step === stepOf(state) }),
  })
  const shown = offers.filter(({ found }) => !kept.includes(found))
  const done = isLast ? exchanged?.offer : undefined
  if (shown.length === 0 && !done) return null
  const exchange = (offer: LetterOffer) => {
    const history = bindingOf(editor.state)?.undoManager
    history?.stopCapturing()
    editor.view.dispatch(exchangeLetter(editor.state.tr, offer))
    history?.stopCapturing()
    setExchanged({ offer, step: stepOf(editor.state) })
    editor.view.focus()
  }
  return (
    <section className="draft-letters" aria-label={t('drafting.letters.title')}>
      {shown.length > 0 && (
        <div className="draft-letters-row">
          <p>{t('drafting.letters.title')}</p>
          {shown.map((offer) => (
            <Button key={offer.found} size="s" onClick={() => exchange(offer)}>
              {t('drafting.letters.exchange', { found: offer.found, instead: offer.instead, places: offer.places })}
            </Button>
          ))}
          <IconButton icon="x" label={t('drafting.letters.keep')} onClick={() => setKept([...kept, ...shown.map(({ found }) => found)])} />
        </div>
      )}
      {done && (
        <div className="draft-letters-row" role="status">
          <p>{t('drafting.letters.exchanged', { found: done.found, instead: done.instead })}</p>
          <Button size="s" onClick={() => editor.chain().focus().undo().run()}>
            {t('drafting.tools.undo')}
          </Button>
        </div>
      )}
    </section>
  )
}

function stepOf(state: Editor['state']): unknown {
  return bindingOf(state)?.undoManager.undoStack.at(-1)
}
