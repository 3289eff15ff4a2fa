// What limits by key count in: levels that rise with each count and sink evenly with time, for a bounded number of keys.
// When there are too many keys, the one that matters least makes room: a flood of new keys pushes out its own kind, never what is under attack.
import type { Stopwatch } from '#shared/kernel/clock.ts'

/** How many of the longest untouched keys are compared before one of them goes. */
const CHANCES = 16

interface Entry {
  level: number
  /** When `level` was true. */
  at: number
  /** When it last rose. */
  roseAt: number
  /** A level sinks by one in this time. */
  readonly sinkMs: number
}

interface Level {
  readonly level: number
  /** Since it last rose. */
  readonly restMs: number
}

export interface BoundedLevels {
  read(key: string): Level
  /** By one unless said otherwise. The answer takes it back. */
  raise(key: string, sinkMs: number, by?: number): () => void
  forget(key: string): void
  kept(): number
}

export function boundedLevels({ stopwatch, maxKeys }: { stopwatch: Stopwatch; maxKeys: number }): BoundedLevels {
  const entries = new Map<string, Entry>()

  function levelOf(entry: Entry, now: number): number {
    // A clock, where one is handed in, can run back: from there on it counts again.
    entry.at = Math.min(entry.at, now)
    entry.roseAt = Math.min(entry.roseAt, now)
    return Math.max(0, entry.level - (now - entry.at) / entry.sinkMs)
  }

  function makeRoom(now: number): void {
    let coolest: { key: string; level: number } | undefined
    let compared = 0
    for (const [key, entry] of entries) {
      const level = levelOf(entry, now)
      if (!coolest || level < coolest.level) coolest = { key, level }
      if (level <= 1 || ++compared >= CHANCES) break
      entries.delete(key)
      entries.set(key, entry)
    }
    if (coolest) entries.delete(coolest.key)
  }

  return {
    read(key) {
      const entry = entries.get(key)
      const now = stopwatch.elapsed()
      return entry
        ? { level: levelOf(entry, now), restMs: Math.max(0, now - entry.roseAt) }
        : { level: 0, restMs: Number.POSITIVE_INFINITY }
    },
    raise(key, sinkMs, by = 1) {
      const now = stopwatch.elapsed()
      const before = entries.get(key)
      if (!before && entries.size >= maxKeys) makeRoom(now)
      const entry: Entry = { level: (before ? levelOf(before, now) : 0) + by, at: now, roseAt: now, sinkMs }
      entries.delete(key)
      entries.set(key, entry)
      return () => {
        const present = entries.get(key)
        if (!present) return
        const later = stopwatch.elapsed()
        present.level = Math.max(0, levelOf(present, later) - by)
        present.at = later
        if (present.roseAt === now) present.roseAt = before?.roseAt ?? Number.NEGATIVE_INFINITY
        if (present.level === 0) entries.delete(key)
      }
    },
    forget: (key) => void entries.delete(key),
    kept: () => entries.size,
  }
}
