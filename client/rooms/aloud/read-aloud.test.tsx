// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { useRef, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { Banner } from '#client/ui/feedback/Banner.tsx'
import { Clause } from '#client/ui/talk/Paper.tsx'
import { type AloudPlace, ReadAloud } from './ReadAloud.tsx'
import { localVoice, type Speech } from './speech.ts'

const voice = (lang: string, localService: boolean) => ({ lang, localService, name: lang, voiceURI: lang, default: false })

class Words {
  readonly text: string
  voice: SpeechSynthesisVoice | null = null
  lang = ''
  onend: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(text: string) {
    this.text = text
  }
}

/** A browser that reads nothing by itself: what it was given to read is kept. */
function browserVoices(first: readonly SpeechSynthesisVoice[]) {
  let voices = [...first]
  const given: Words[] = []
  const listeners = new Set<() => void>()
  let cancelled = 0
  const speech = {
    getVoices: () => voices,
    speak: (words: unknown) => void given.push(words as Words), // made of the class above
    cancel: () => void cancelled++,
    addEventListener: (_kind: string, listener: () => void) => void listeners.add(listener),
    removeEventListener: (_kind: string, listener: () => void) => void listeners.delete(listener),
  } as unknown as Speech // what is asked of it here
  return {
    speech,
    given,
    cancelled: () => cancelled,
    learn(next: readonly SpeechSynthesisVoice[]) {
      voices = [...next]
      act(() => {
        for (const listener of listeners) listener()
      })
    },
  }
}

function Page({ speech, ...place }: { speech: Speech | undefined } & Omit<AloudPlace, 'of'>) {
  const of = useRef<HTMLDivElement>(null)
  const [next, setNext] = useState(false)
  return (
    <>
      <ReadAloud of={of} speech={speech} {...place} />
      <div ref={of}>
        <h2>The agreement</h2>
        <Clause number="1.1.">
          <p>Nobody pays twice</p>
        </Clause>
        <ul>{next ? <li>Another question</li> : <li>Nobody is forced</li>}</ul>
      </div>
      <button type="button" onClick={() => setNext(true)}>
        Onwards
      </button>
    </>
  )
}

beforeEach(() => vi.stubGlobal('SpeechSynthesisUtterance', Words))
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})
const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }))

describe('reading aloud', () => {
  it('[UI-188] reads nothing until it is asked to, then a block at a time, by the voice of the device', () => {
    const local = voice('en-GB', true)
    const { speech, given } = browserVoices([voice('en-US', false), voice('ru-RU', true), local])
    renderWithTexts(<Page speech={speech} />)
    expect(given).toEqual([])
    press('Read aloud')
    const ends = () => act(() => given.at(-1)?.onend?.())
    for (const words of ['The agreement', '1.1. Nobody pays twice', 'Nobody is forced']) {
      expect(given.at(-1)?.text).toBe(words)
      ends()
    }
    expect(given).toHaveLength(3)
    expect(given.every(({ voice: used }) => used === local)).toBe(true)
    screen.getByRole('button', { name: 'Read aloud' })
  })

  it('[UI-252] what is being read is marked for eyes and ears, a clause with its number', () => {
    const { speech, given } = browserVoices([voice('en-GB', true)])
    renderWithTexts(<Page speech={speech} />)
    const marked = () => [...document.querySelectorAll('[aria-current=true]')].map((each) => each.textContent)
    press('Read aloud')
    expect(marked()).toEqual(['The agreement'])
    act(() => given.at(-1)?.onend?.())
    expect(marked()).toEqual(['1.1.Nobody pays twice'])
    expect(document.querySelectorAll('.rooms-read-now')).toHaveLength(1)
    press('Stop reading')
    expect(marked()).toEqual([])
  })

  it('[UI-252] stopped by hand it reads on from there, or from the beginning; after the end it begins anew', () => {
    const { speech, given } = browserVoices([voice('en-GB', true)])
    renderWithTexts(<Page speech={speech} />)
    press('Read aloud')
    act(() => given.at(-1)?.onend?.())
    press('Stop reading')
    // The browser ends what it was made to stop, too: that is no sign to go on.
    act(() => given.at(-1)?.onend?.())
    expect(given).toHaveLength(2)
    press('Read on')
    expect(given.at(-1)?.text).toBe('1.1. Nobody pays twice')
    press('Stop reading')
    press('From the beginning')
    expect(given.at(-1)?.text).toBe('The agreement')
    for (const _block of ['heading', 'clause', 'item']) act(() => given.at(-1)?.onend?.())
    expect(screen.queryByRole('button', { name: 'Read on' })).toBeNull()
  })

  it('[UI-252] words of another language than the page’s are read by a voice of theirs, and of no other', () => {
    const russian = voice('ru-RU', true)
    const { speech, given } = browserVoices([voice('en-GB', true), russian])
    renderWithTexts(<Page speech={speech} language="ru" />)
    press('Read aloud')
    expect(given.at(-1)?.voice).toBe(russian)
    cleanup()
    renderWithTexts(<Page speech={speech} language="kk" />)
    screen.getByText(/no Kazakh voice of its own/)
  })

  it('[UI-251] beside a question a sign is enough: it reads the question and its answers’ words, and is not there without a voice', () => {
    const { speech, given } = browserVoices([voice('en-GB', true)])
    const asked = (by: Speech | undefined) => (
      <Banner title="May she look on?" corner={<ReadAloud brief speech={by} />}>
        She is learning
      </Banner>
    )
    renderWithTexts(asked(speech))
    press('Read aloud')
    act(() => given.at(-1)?.onend?.())
    expect(given.map(({ text }) => text)).toEqual(['May she look on?', 'She is learning'])
    cleanup()
    renderWithTexts(asked(undefined))
    expect(screen.queryByRole('button')).toBeNull()
    expect(screen.queryByText(/no English voice/)).toBeNull()
  })

  it('[UI-188] without a voice of the device, or with voices made elsewhere alone, it is said, until one is told', () => {
    for (const speech of [undefined, browserVoices([voice('en-US', false)]).speech]) {
      renderWithTexts(<Page speech={speech} />)
      screen.getByText(/no English voice of its own/)
      expect(screen.queryByRole('button', { name: 'Read aloud' })).toBeNull()
      cleanup()
    }
    const late = browserVoices([])
    renderWithTexts(<Page speech={late.speech} />)
    late.learn([voice('en_GB', true)])
    screen.getByRole('button', { name: 'Read aloud' })
  })

  it('[UI-188] a voice is of the page’s language, and no other', () => {
    const voices = [voice('ru-RU', true), voice('kk-KZ', false)]
    expect(localVoice(voices, 'kk')).toBeUndefined()
    expect(localVoice(voices, 'ru')).toBe(voices[0])
  })

  it('[UI-189] stops by hand, when its words change, when the page is put away, and with the screen', async () => {
    const { speech, cancelled } = browserVoices([voice('en-GB', true)])
    const { unmount } = renderWithTexts(<Page speech={speech} />)
    press('Read aloud')
    press('Stop reading')
    expect(cancelled()).toBe(1)
    press('Read aloud')
    press('Onwards')
    await waitFor(() => expect(cancelled()).toBe(2))
    press('Read aloud')
    fireEvent(document, new Event('visibilitychange'))
    expect(cancelled()).toBe(3)
    press('Read aloud')
    unmount()
    expect(cancelled()).toBe(4)
  })
})
