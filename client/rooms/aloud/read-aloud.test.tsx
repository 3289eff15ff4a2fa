// @vitest-environment jsdom
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react'
import { useRef, useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { renderWithTexts } from '#client/i18n/testing.tsx'
import { ReadAloud } from './ReadAloud.tsx'
import { localVoice, type Speech } from './speech.ts'

const voice = (lang: string, localService: boolean) => ({ lang, localService, name: lang, voiceURI: lang, default: false })

class Words {
  readonly text: string
  voice: SpeechSynthesisVoice | null = null
  lang = ''
  onend: (() => void) | null = null
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

function Page({ speech }: { speech: Speech | undefined }) {
  const of = useRef<HTMLDivElement>(null)
  const [next, setNext] = useState(false)
  return (
    <>
      <ReadAloud of={of} speech={speech} />
      <div ref={of}>
        <h2>The agreement</h2>
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
    expect(given.map(({ text }) => text)).toEqual(['The agreement', 'Nobody is forced'])
    expect(given.every(({ voice: used }) => used === local)).toBe(true)
    act(() => given.at(-1)?.onend?.())
    screen.getByRole('button', { name: 'Read aloud' })
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
