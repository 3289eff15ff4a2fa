import { type RefObject, useEffect, useRef } from 'react'
import type { Audience } from '#shared/kernel/audience.ts'
import type { watchSeen } from './seen-words.ts'
import { useReadMarks } from './use-unread.ts'

/** Marks what is before the person's eyes of the words in a box, of which `last` is the last that was not seen yet. Without one nothing is watched. */
export function useSeen(audience: Audience, last: number | undefined): RefObject<HTMLElement | null> {
  const marks = useReadMarks()
  const box = useRef<HTMLElement>(null)
  const watch = useRef<ReturnType<typeof watchSeen> | undefined>(undefined)
  const isThere = last !== undefined
  useEffect(() => {
    let isOver = false
    const begin = async () => {
      const { watchSeen } = await import('./seen-words.ts')
      if (isOver || !box.current || !isThere) return
      watch.current = watchSeen(box.current, {
        after: () => marks.state()[audience] ?? 0,
        saw: (seq) => marks.saw(audience, seq),
      })
      watch.current.look()
    }
    // where it cannot be fetched nothing is read here: words stay new
    begin().catch(() => undefined)
    return () => {
      isOver = true
      watch.current?.stop()
      watch.current = undefined
    }
  }, [audience, marks, isThere])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was said last may be seen at once
  useEffect(() => watch.current?.look(), [last, audience])
  return box
}
