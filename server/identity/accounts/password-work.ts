// Hashing a password takes 30 ms of a processor and 19 MB: few at a time, few that wait, and shares that take turns, so that a flood of strangers
// starves neither a known device nor whoever comes from where nothing failed.
import { availableParallelism } from 'node:os'
import { AppError } from '#shared/kernel/errors.ts'

/** `known`: signed in, or a device that was here before. `fresh`: nothing failed from there lately. */
export type WorkShare = 'known' | 'fresh' | 'failed'

export interface Asker {
  readonly share: WorkShare
  /** A network, a device or a session: one of them does not fill its share alone. */
  readonly source: string
}

export interface PasswordWork {
  /** Throws 'unavailable' when too many wait. */
  run<T>(asker: Asker, work: () => Promise<T>): Promise<T>
}

interface WorkBounds {
  readonly atWork: number
  /** In each share. */
  readonly waiting: number
  readonly waitingOfSource: number
}

/** One processor is left to the thread that answers people. */
const WORK_BOUNDS: WorkBounds = { atWork: availableParallelism() > 2 ? 2 : 1, waiting: 32, waitingOfSource: 8 }

/** A full share is done with in about a second. */
const BUSY_SECONDS = 2

interface Waiting {
  readonly source: string
  readonly begin: () => void
}

export function makePasswordWork({ atWork, waiting, waitingOfSource }: WorkBounds = WORK_BOUNDS): PasswordWork {
  const shares = new Map<WorkShare, Waiting[]>([
    ['known', []],
    ['fresh', []],
    ['failed', []],
  ])
  let working = 0

  function next(): void {
    if (working >= atWork) return
    for (const [share, line] of shares) {
      const first = line.shift()
      if (!first) continue
      shares.delete(share) // to the back: shares take turns
      shares.set(share, line)
      working += 1
      first.begin()
      return
    }
  }

  function turn({ share, source }: Asker): Promise<void> {
    const line = shares.get(share) ?? []
    if (line.length >= waiting || line.filter((each) => each.source === source).length >= waitingOfSource) {
      throw new AppError({ kind: 'unavailable', reason: 'identity/busy', details: { seconds: BUSY_SECONDS } })
    }
    return new Promise((resolve) => {
      line.push({ source, begin: resolve })
      next()
    })
  }

  return {
    async run(asker, work) {
      await turn(asker)
      try {
        return await work()
      } finally {
        working -= 1
        next()
      }
    },
  }
}
