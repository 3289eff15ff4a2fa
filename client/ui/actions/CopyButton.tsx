import { useState } from 'react'
import { useTexts } from '#client/i18n/texts.tsx'
import { useAnnounce } from '#client/ui/feedback/LiveRegion.tsx'
import { Button, type ButtonLook } from './Button.tsx'

interface CopyButtonProps extends Omit<ButtonLook, 'icon'> {
  readonly text: string
  /** The text stands nowhere else on the screen. */
  readonly alone?: boolean
  readonly children: string
}

/** Copies a text and says so. Where copying is not allowed, it says that too, and the text stands there to be taken by hand. */
export function CopyButton({ text, alone = false, children, ...look }: CopyButtonProps) {
  const t = useTexts()
  const announce = useAnnounce()
  const [state, setState] = useState<'ready' | 'copied' | 'refused'>('ready')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
      announce(t('ui.copied'))
    } catch {
      // some in-app browsers refuse the clipboard; the person is told to select the text instead
      setState('refused')
      announce(t('ui.copy-refused'))
    }
  }
  const words = { ready: children, copied: t('ui.copied'), refused: t('ui.copy-refused') }[state]
  return (
    <>
      <Button {...look} icon={state === 'copied' ? 'check' : 'copy'} onClick={() => void copy()}>
        {words}
      </Button>
      {alone && state === 'refused' && <p className="ui-copy-text">{text}</p>}
    </>
  )
}
