// A long text on paper: after a reload one is at the block that one was reading. Its words come later than its frame, so it is looked for
// until it is there, and no longer than until somebody moves the text.
import { type RefObject, useEffect, useRef } from 'react'
import { keepInEntry, keptInEntry } from '#client/ui/state/history-entry.ts'
import { topIn } from './top-in.ts'

interface BlockRead {
  readonly block: number
  /** How far it stands below the scroller's upper edge. */
  readonly top: number
}

const BLOCKS = '.ui-paper :is(h1, h2, h3, p)'
const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/** `stage`: another one begins at its own beginning. */
export function useKeptBlock(scroller: RefObject<HTMLElement | null>, name: string, stage = ''): void {
  const isOpened = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the stage is what it follows
  useEffect(() => {
    const box = scroller.current
    if (!box) return
    if (!isOpened.current) keepInEntry(name, undefined)
    isOpened.current = false
    return keepBlock(box, name)
  }, [name, stage])
}

function keepBlock(box: HTMLElement, name: string): () => void {
  let wanted = blockRead(keptInEntry(name))
  const come = () => {
    const block = wanted && [...box.querySelectorAll(BLOCKS)][wanted.block]
    if (wanted && block && box.clientHeight > 0) box.scrollTop += topIn(box, block) - wanted.top
  }
  const moved = () => {
    wanted = undefined
  }
  const remember = () => {
    if (!wanted && box.clientHeight > 0) keepInEntry(name, readIn(box))
  }
  const words = new MutationObserver(come)
  words.observe(box, { childList: true, subtree: true })
  const size = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(come)
  size?.observe(box)
  for (const move of MOVES) box.addEventListener(move, moved, { passive: true })
  box.addEventListener('scrollend', remember)
  document.addEventListener('visibilitychange', remember)
  come()
  return () => {
    words.disconnect()
    size?.disconnect()
    for (const move of MOVES) box.removeEventListener(move, moved)
    box.removeEventListener('scrollend', remember)
    document.removeEventListener('visibilitychange', remember)
  }
}

function blockRead(kept: unknown): BlockRead | undefined {
  const { block, top } = (kept ?? {}) as Partial<BlockRead> // looked at here
  return typeof block === 'number' && typeof top === 'number' ? { block, top } : undefined
}

function readIn(box: HTMLElement): BlockRead | undefined {
  const blocks = [...box.querySelectorAll(BLOCKS)]
  const edge = box.getBoundingClientRect().top
  const block = blocks.findIndex((each) => each.getBoundingClientRect().bottom > edge)
  const read = blocks[block]
  return read && { block, top: Math.round(topIn(box, read)) }
}
