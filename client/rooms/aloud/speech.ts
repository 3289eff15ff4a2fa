// Reading aloud by a voice of the device itself. Some browsers' voices are made elsewhere, and what they read is sent there: those are never used.
export type Speech = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'>

export function localVoice(voices: readonly SpeechSynthesisVoice[], locale: string): SpeechSynthesisVoice | undefined {
  return voices.find(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === locale)
}

export interface SpokenBlock {
  readonly element: Element
  readonly words: string
}

const BLOCKS =
  'h1, h2, h3, p, li, dt, dd, label, legend, blockquote, .ui-banner-words > strong, .ui-banner-words > div:not(.ui-banner-actions)'

/** What stands there, a block at a time: a voice stops between them, and browsers break long ones off. A clause is read with its number. */
export function blocksIn(root: Element): readonly SpokenBlock[] {
  return [...root.querySelectorAll(BLOCKS)].flatMap((block) => {
    if (block.querySelector(BLOCKS)) return []
    const clause = block.closest('.ui-clause')
    const said = [clause?.querySelector('.ui-clause-number'), block].map((each) => each?.textContent ?? '')
    const words = said.join(' ').replace(/\s+/g, ' ').trim()
    return words === '' ? [] : [{ element: clause ?? block, words }]
  })
}

interface Reading {
  readonly speech: Speech
  readonly voice: SpeechSynthesisVoice
  readonly blocks: readonly SpokenBlock[]
  readonly from: number
  /** Whose turn it is. */
  readonly onBlock: (at: number) => void
  /** Once all is read, or the voice has failed. */
  readonly onEnd: () => void
}

/** One after the other, and marked while it is read. Answers how to stop. */
export function readBlocks({ speech, voice, blocks, from, onBlock, onEnd }: Reading): () => void {
  let isOver = false
  let marked: Element | undefined
  const mark = (element: Element | undefined) => {
    marked?.classList.remove('rooms-read-now')
    marked?.removeAttribute('aria-current')
    element?.classList.add('rooms-read-now')
    element?.setAttribute('aria-current', 'true')
    // In sight, where it is not: whoever follows with their eyes need not scroll.
    element?.scrollIntoView?.({ block: 'nearest' })
    marked = element
  }
  const end = () => {
    if (isOver) return
    mark(undefined)
    onEnd()
  }
  const read = (at: number) => {
    if (isOver) return
    const block = blocks[at]
    if (!block) return end()
    mark(block.element)
    onBlock(at)
    const words = new SpeechSynthesisUtterance(block.words)
    words.voice = voice
    words.lang = voice.lang
    words.onend = () => read(at + 1)
    words.onerror = end
    speech.speak(words)
  }
  read(from)
  return () => {
    isOver = true
    mark(undefined)
    speech.cancel()
  }
}
