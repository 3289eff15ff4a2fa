// Reading aloud by a voice of the device itself. Some browsers' voices are made elsewhere, and what they read is sent there: those are never used.
export type Speech = Pick<SpeechSynthesis, 'getVoices' | 'speak' | 'cancel' | 'addEventListener' | 'removeEventListener'>

export function localVoice(voices: readonly SpeechSynthesisVoice[], locale: string): SpeechSynthesisVoice | undefined {
  return voices.find(({ localService, lang }) => localService && lang.toLowerCase().split(/[-_]/)[0] === locale)
}

const BLOCKS = 'h1, h2, h3, p, li, dt, dd, label'

/** What stands there, a block at a time: a voice stops between them, and browsers break long ones off. */
export function blocksIn(element: HTMLElement): readonly string[] {
  const blocks = [...element.querySelectorAll<HTMLElement>(BLOCKS)].filter((block) => !block.querySelector(BLOCKS))
  return blocks.map(({ textContent }) => (textContent ?? '').replace(/\s+/g, ' ').trim()).filter((words) => words !== '')
}
