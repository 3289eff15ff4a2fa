// The one mechanism of all limits. Where something can be guessed, failures count, not tries, and whoever failed has to wait, each time longer.
// A right secret from elsewhere and a device that is known are not slowed by what strangers did. Counts live in the memory of one server.

import type { Stopwatch } from '#shared/kernel/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { type BoundedLevels, boundedLevels } from './bounded-levels.ts'

/** Keys of each of the two kinds of counts; about 5 MB when all of them are in use. */
const MAX_KEYS = 20_000

/** After `free` failures the first wait, doubled by each further one; a failure is forgotten after `forgetMs`. */
interface Slowness {
  readonly free: number
  readonly firstMs: number
  readonly mostMs: number
  readonly forgetMs: number
}

export interface GuessingLimit {
  readonly name: string
  /** What the answer says when it is too soon. */
  readonly reason: string
  /** Reasons of the refusals that count. Anything else that goes wrong is nobody's guess. */
  readonly failures: readonly string[]
  /** Of one network at all targets. Known devices are not counted here. */
  readonly address: Slowness
  /** Of one network, or one known device, at one target. */
  readonly pair?: Slowness
  /** So many failures at one target from everywhere, and from then on a network has one try before it waits. */
  readonly alarm?: { readonly failures: number; readonly forgetMs: number }
  /** Nobody guesses 192 bits: a right secret is let through, however often others failed from there. */
  readonly unguessable?: true
}

/** Who tries what. Only a proven id may stand here; a made-up address of mail is a target all the same, or its absence would tell. */
export interface Attempt {
  readonly address: string
  readonly target?: string
  /** A device that was let in here before and can prove it. */
  readonly device?: string | undefined
}

interface Rate {
  readonly points: number
  readonly seconds: number
}

export interface Limits {
  /** Runs one try; throws 'too-many' with `details.seconds` while there is to be waited. */
  attempt<T>(limit: GuessingLimit, who: Attempt, run: () => Promise<T>): Promise<T>
  /** Counts one try of a stranger at what fails for nobody; throws 'too-many' as `attempt` does. */
  ask(limit: GuessingLimit, who: Attempt): void
  /** Whether nothing failed lately from where this try comes. */
  isFresh(limit: GuessingLimit, who: Attempt): boolean
  /** Counts one act of somebody who has proven who they are; throws 'too-many' with `details.seconds`. */
  act(name: string, key: string, rate: Rate): void
  /** How many keys are in memory. */
  kept(): number
}

interface Counter {
  readonly key: string
  readonly slowness: Slowness
}

export function createLimits({ stopwatch }: { stopwatch: Stopwatch }): Limits {
  // Apart: no flood of strangers reaches the counts of people who are in.
  const failures = boundedLevels({ stopwatch, maxKeys: MAX_KEYS })
  const acts = boundedLevels({ stopwatch, maxKeys: MAX_KEYS })

  function demandRest(limit: GuessingLimit, counters: readonly Counter[]): void {
    const wait = Math.max(...counters.map((counter) => waitOf(failures, counter)))
    if (wait > 0) throw tooMany(wait, limit.reason)
  }

  function countAll(limit: GuessingLimit, who: Attempt, counters: readonly Counter[]): () => void {
    const undo = counters.map(({ key, slowness }) => failures.raise(key, slowness.forgetMs))
    if (limit.alarm && who.device === undefined) undo.push(failures.raise(targetKey(limit, who), limit.alarm.forgetMs))
    return () => {
      for (const each of undo) each()
    }
  }

  /** Counted before it is tried and taken back if it was none: a hundred tries at once are not one try. */
  async function attempt<T>(limit: GuessingLimit, who: Attempt, run: () => Promise<T>): Promise<T> {
    const counters = countersOf(failures, limit, who)
    demandRest(limit, counters)
    const takeBack = countAll(limit, who, counters)
    try {
      const answer = await run()
      takeBack()
      if (limit.pair) failures.forget(pairKey(limit, who))
      return answer
    } catch (error) {
      if (!isFailure(limit, error)) takeBack()
      throw error
    }
  }

  async function attemptUnguessable<T>(limit: GuessingLimit, who: Attempt, run: () => Promise<T>): Promise<T> {
    try {
      return await run()
    } catch (error) {
      if (!isFailure(limit, error)) throw error
      const counters = countersOf(failures, limit, who)
      demandRest(limit, counters)
      countAll(limit, who, counters)
      throw error
    }
  }

  return {
    attempt: (limit, who, run) => (limit.unguessable ? attemptUnguessable(limit, who, run) : attempt(limit, who, run)),
    ask(limit, who) {
      const counters = countersOf(failures, limit, who)
      demandRest(limit, counters)
      countAll(limit, who, counters)
    },
    isFresh: (limit, who) => countersOf(failures, limit, who).every(({ key }) => failures.read(key).level === 0),
    act(name, key, { points, seconds }) {
      const sinkMs = (seconds * 1000) / points
      const id = `${name} ${key}`
      const over = acts.read(id).level + 1 - points
      if (over > 0) throw tooMany(over * sinkMs)
      acts.raise(id, sinkMs)
    },
    kept: () => failures.kept() + acts.kept(),
  }
}

function countersOf(failures: BoundedLevels, limit: GuessingLimit, who: Attempt): readonly Counter[] {
  const counters: Counter[] = who.device === undefined ? [{ key: `${limit.name} from ${who.address}`, slowness: limit.address }] : []
  if (!limit.pair) return counters
  const alarmed =
    who.device === undefined && limit.alarm !== undefined && failures.read(targetKey(limit, who)).level >= limit.alarm.failures
  return [...counters, { key: pairKey(limit, who), slowness: alarmed ? { ...limit.pair, free: 1 } : limit.pair }]
}

function pairKey(limit: GuessingLimit, { target, device, address }: Attempt): string {
  return `${limit.name} at ${target ?? ''} ${device === undefined ? `from ${address}` : `by ${device}`}`
}

function targetKey(limit: GuessingLimit, { target }: Attempt): string {
  return `${limit.name} at ${target ?? ''}`
}

function waitOf(failures: BoundedLevels, { key, slowness }: Counter): number {
  const { level, restMs } = failures.read(key)
  const beyond = Math.ceil(level) - slowness.free
  if (beyond < 0) return 0
  return Math.max(0, Math.min(slowness.mostMs, slowness.firstMs * 2 ** beyond) - restMs)
}

function isFailure(limit: GuessingLimit, error: unknown): boolean {
  return error instanceof AppError && error.problem.reason !== undefined && limit.failures.includes(error.problem.reason)
}

function tooMany(waitMs: number, reason?: string): AppError {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000))
  return new AppError({ kind: 'too-many', ...(reason === undefined ? {} : { reason }), details: { seconds } })
}
