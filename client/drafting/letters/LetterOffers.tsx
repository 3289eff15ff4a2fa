// A quiet line at the foot of the sheet: a letter that only looks Kazakh, exchanged by one press and brought back by another; the next one
// follows. It lies over the sheet's edge, so that no word moves when it comes or goes.
import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import { type MouseEvent, useState } from 'react'
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
  const next = offers.find(({ found }) => !kept.includes(found))
  const done = isLast ? exchanged?.offer : undefined
  if (!next && !done) return null
  /** A finger or a mouse leaves the caret where it is; a key would be left nowhere when its button goes. */
  const press = (act: () => void) => (event: MouseEvent) => {
    act()
    if (event.currentTarget === document.activeElement) editor.view.focus()
  }
  const exchange = (offer: LetterOffer) => {
    const history = bindingOf(editor.state)?.undoManager
    history?.stopCapturing()
    editor.view.dispatch(exchangeLetter(editor.state.tr, offer))
    history?.stopCapturing()
    setExchanged({ offer, step: stepOf(editor.state) })
  }
  return (
    <section className="draft-letters" aria-label={t('drafting.letters.title')} onMouseDown={(event) => event.preventDefault()}>
      {done && (
        <div className="draft-letters-row" role="status">
          <p>{t('drafting.letters.exchanged', { found: done.found, instead: done.instead })}</p>
          <Button size="s" onClick={press(() => editor.commands.undo())}>
            {t('drafting.tools.undo')}
          </Button>
        </div>
      )}
      {next && (
        <div className="draft-letters-row">
          <p>{t('drafting.letters.offer', { found: next.found, instead: next.instead })}</p>
          <Button size="s" onClick={press(() => exchange(next))}>
            {t('drafting.letters.exchange', { places: next.places })}
          </Button>
          <IconButton icon="x" label={t('drafting.letters.keep')} onClick={press(() => setKept([...kept, next.found]))} />
        </div>
      )}
    </section>
  )
}

function stepOf(state: Editor['state']): unknown {
  return bindingOf(state)?.undoManager.undoStack.at(-1)
}
