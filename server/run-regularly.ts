// What a server does again and again while it runs.
import type { Timers } from '#shared/kernel/clock.ts'

/** Done each time so long after the time before has ended. */
interface Regular {
  readonly everyMs: number
  readonly run: () => Promise<unknown>
  /** Of use only where several servers work on one storage. */
  readonly ofSeveral?: boolean
}

interface Deps {
  readonly timers: Timers
  /** Several servers may work on this storage. */
  readonly isShared: boolean
  readonly onTrouble: (cause: unknown) => void
}

/** Returns what ends it. What is under way then goes on to its end. */
export function runRegularly(all: readonly Regular[], { timers, isShared, onTrouble }: Deps): () => void {
  const regulars = all.filter(({ ofSeveral = false }) => isShared || !ofSeveral)
  const stops = regulars.map(({ everyMs, run }) => {
    let stopped = false
    let cancel = timers.after(everyMs, tick)
    async function tick(): Promise<void> {
      await run().catch(onTrouble)
      if (!stopped) cancel = timers.after(everyMs, tick)
    }
    return () => {
      stopped = true
      cancel()
    }
  })
  return () => {
    for (const stop of stops) stop()
  }
}
