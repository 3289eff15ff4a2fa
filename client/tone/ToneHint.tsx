// Beside what somebody writes to people of another side: words that close an ear, and what could stand there instead. It is for the writer
// alone, keeps nobody from sending, and leaves no trace: nothing of it is kept, counted or sent.
import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { hardWordsIn } from './hard-words.ts'
import './tone.css'

export function ToneHint({ text }: { readonly text: string }) {
  const t = useTexts()
  const [hidden, hide] = useState(false)
  const hard = hardWordsIn(text)
  return (
    <div role="status">
      {hard && !hidden && (
        <div className="tone-hint">
          <div className="tone-words">
            <p className="tone-whose">{t('tone.only-you')}</p>
            <p>{hard.kind === 'shouting' ? t('tone.shouting') : t(`tone.${hard.kind}`, { words: hard.words })}</p>
          </div>
          <Button kind="quiet" size="s" onClick={() => hide(true)}>
            {t('tone.hide')}
          </Button>
        </div>
      )}
    </div>
  )
}
