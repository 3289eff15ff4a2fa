// How a server stops: its parts one after the other, each with its time, so that nothing that hangs is waited for until the process is killed.
// What is left behind is found by the next start, as after a kill.
import { within } from '#server/kernel/within.ts'
import type { Stopwatch, Timers } from '#shared/kernel/clock.ts'

/** By name, in their order. */
type ClosingParts = Readonly<Record<string, { close(): unknown }>>

interface Deps {
  readonly timers: Timers
  readonly stopwatch: Stopwatch
  readonly onTrouble: (cause: unknown) => void
}

/** All together end within half a minute, the storage behind them included: what starts a server anew (deploy/bitim.service) kills it then. */
const PART_MS = 10_000
const ALL_MS = 18_000
const LAST_MS = 1_000
export const STORAGE_MS = 4_000

/** A part that fails, or does not end in time, is told of and keeps none behind it from its turn. */
export async function closeParts(parts: ClosingParts, { timers, stopwatch, onTrouble }: Deps): Promise<void> {
  const began = stopwatch.elapsed()
  for (const [name, part] of Object.entries(parts)) {
    const left = ALL_MS - (stopwatch.elapsed() - began)
    const milliseconds = Math.max(LAST_MS, Math.min(PART_MS, left))
    await within(closed(part), milliseconds, { timers, name: `closing ${name}` }).catch(onTrouble)
  }
}

async function closed(part: { close(): unknown }): Promise<void> {
  await part.close()
}
