// Reads what is shown, once it is asked to and never by itself: others may hear. It stops when its words leave the screen, or the page does.
import { type RefObject, useEffect, useMemo, useState } from 'react'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { Button } from '#client/ui/actions/Button.tsx'
import { Muted } from '#client/ui/base/layout.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import { blocksIn, localVoice, type Speech } from './speech.ts'

export interface ReadAloudShown {
  readonly of: RefObject<HTMLElement | null>
  /** Undefined where the browser cannot read. */
  readonly speech: Speech | undefined
}

export function ReadAloud({ of, speech }: ReadAloudShown) {
  const t = useTexts()
  const { locale } = useLocale()
  const voice = useLocalVoice(speech, locale)
  const [speaking, setSpeaking] = useState(false)
  useEffect(() => {
    if (!speech || !speaking || !of.current) return
    const stop = () => setSpeaking(false)
    const changed = new MutationObserver(stop)
    changed.observe(of.current, { childList: true, characterData: true, subtree: true })
    document.addEventListener('visibilitychange', stop)
    window.addEventListener('pagehide', stop)
    return () => {
      changed.disconnect()
      document.removeEventListener('visibilitychange', stop)
      window.removeEventListener('pagehide', stop)
      speech.cancel()
    }
  }, [speech, speaking, of])
  if (!speech || !voice) return <Muted small>{t('rooms.aloud.none')}</Muted>
  const read = () => {
    const blocks = of.current ? blocksIn(of.current) : []
    for (const [at, block] of blocks.entries()) {
      const words = new SpeechSynthesisUtterance(block)
      words.voice = voice
      words.lang = voice.lang
      if (at === blocks.length - 1) words.onend = () => setSpeaking(false)
      speech.speak(words)
    }
    setSpeaking(blocks.length > 0)
  }
  return (
    <div>
      <Button icon={speaking ? 'pause' : 'forward'} onClick={speaking ? () => setSpeaking(false) : read}>
        {speaking ? t('rooms.aloud.stop') : t('rooms.aloud.read')}
      </Button>
    </div>
  )
}

/** Browsers tell their voices late. */
function useLocalVoice(speech: Speech | undefined, locale: string): SpeechSynthesisVoice | undefined {
  const store = useMemo(
    () => ({
      state: () => speech && localVoice(speech.getVoices(), locale),
      subscribe(listener: () => void) {
        speech?.addEventListener('voiceschanged', listener)
        return () => speech?.removeEventListener('voiceschanged', listener)
      },
    }),
    [speech, locale],
  )
  return useStore(store)
}
