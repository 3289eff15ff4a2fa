import { useEffect, useRef } from 'react'
import { isMedia } from '#client/ui/state/use-media.ts'

/** Whoever goes from the board into a room goes there to write: with keys under the hands the words go into its field at once. */
export function useHandsFromBoard(board: boolean): void {
  const before = useRef(board)
  useEffect(() => {
    if (before.current && !board && isMedia('desktop-hands')) document.querySelector<HTMLElement>('.ui-composer textarea')?.focus()
    before.current = board
  }, [board])
}
