// Reads what is shown, once it is asked to and never by itself: others may hear. It stops when its words leave the screen, or the page does.
import { type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useLocale, useTexts } from '#client/i18n/texts.tsx'
import { Button, IconButton } from '#client/ui/actions/Button.tsx'
import { Muted, Row } from '#client/ui/base/layout.tsx'
import { useStore } from '#client/ui/state/use-store.ts'
import type { Locale } from '#shared/kernel/locale.ts'
import { blocksIn, localVoice, readBlocks, type Speech } from './speech.ts'
import './aloud.css'

export interface AloudPlace {
  /** What is read; else the banner, card or dialog that the button stands in. */
  readonly of?: RefObject<HTMLElement | null>
  /** Of the words, where it is not the page's. */
  readonly language?: Locale
  /** Beside a question: no more than a sign to press, and nothing where there is no voice. */
  readonly brief?: boolean
}

export interface ReadAloudShown extends AloudPlace {
  /** Undefined where the browser cannot read. */
  readonly speech: Speech | undefined
}

const AROUND = '.ui-banner, .ui-dialog, article, section'

export function ReadAloud({ of, language, brief = false, speech }: ReadAloudShown) {
  const t = useTexts()
  const { locale } = useLocale()
  const read = language ?? locale
  const voice = useLocalVoice(speech, read)
  const own = useRef<HTMLDivElement>(null)
  const [from, setFrom] = useState<number>()
  /** Where it was stopped by hand. */
  const [stoppedAt, setStoppedAt] = useState(0)
  useEffect(() => {
    const root = of ? of.current : own.current?.closest(AROUND)
    if (!speech || !voice || from === undefined || !root) return
    const end = () => {
      setStoppedAt(0)
      setFrom(undefined)
    }
    const stop = readBlocks({ speech, voice, blocks: blocksIn(root), from, onBlock: setStoppedAt, onEnd: end })
    const changed = new MutationObserver((changes) => {
      if (changes.some(({ target }) => !own.current?.contains(target))) end()
    })
    changed.observe(root, { childList: true, characterData: true, subtree: true })
    document.addEventListener('visibilitychange', end)
    window.addEventListener('pagehide', end)
    return () => {
      changed.disconnect()
      document.removeEventListener('visibilitychange', end)
      window.removeEventListener('pagehide', end)
      stop()
    }
  }, [speech, voice, from, of])
  if (!speech || !voice) return brief ? null : <Muted small>{t(`rooms.aloud.none.${read}`)}</Muted>
  const isReading = from !== undefined
  const stop = () => setFrom(undefined)
  if (brief)
    return (
      <div ref={own}>
        <IconButton
          icon={isReading ? 'pause' : 'aloud'}
          label={t(isReading ? 'rooms.aloud.stop' : 'rooms.aloud.read')}
          onClick={isReading ? stop : () => setFrom(0)}
        />
      </div>
    )
  return (
    <div ref={own}>
      <Row wrap>
        <Button icon={isReading ? 'pause' : 'aloud'} onClick={isReading ? stop : () => setFrom(stoppedAt)}>
          {t(isReading ? 'rooms.aloud.stop' : stoppedAt > 0 ? 'rooms.aloud.on' : 'rooms.aloud.read')}
        </Button>
        {!isReading && stoppedAt > 0 && (
          <Button kind="quiet" onClick={() => setFrom(0)}>
            {t('rooms.aloud.anew')}
          </Button>
        )}
      </Row>
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
