// What is to be done at a time, about a subject: told by capabilities, kept in the storage, done by whichever server runs then, at least once.
// The storage knows when; whether something is still to be done, the step finds out from what stands then (docs/decisions/089).
import { within } from '#server/kernel/within.ts'
import { type DueCipher, dueCipher } from '#server/storage/due-cipher.ts'
import { LONGEST_HOLD_MS } from '#server/storage/longest-hold.ts'
import type { DueStore, LeasedStep } from '#server/storage/ports.ts'
import { base64url } from '#shared/kernel/bytes.ts'
import type { Clock, Entropy, Timers } from '#shared/kernel/clock.ts'

/** A kind of step, and how it is done. Doing it again must be harmless. */
export interface DueKind {
  /** `capability/what`; never changed, it is what is stored. */
  readonly kind: string
  /** Answers a time when it is to be done again; undefined when all is done. `at`: when it was due. */
  readonly run: (subject: string, at: number) => Promise<number | undefined>
}

/** For capabilities. Schedule first and write afterwards what the step is for: a step about nothing is harmless, something without its step stays. */
export interface DueTimes {
  /** In place of the one that this kind had about this subject. `at` by the steady clock. `subject` is an id, never people's words. */
  schedule(kind: string, subject: string, at: number): Promise<void>
  cancel(kind: string, subject: string): Promise<void>
}

export interface Due extends DueTimes {
  start(kinds: readonly DueKind[]): void
  /** Does what is due by now; otherwise it is done at its time, or soon after. */
  runDue(): Promise<void>
  /** What is under way ends first, unless it hangs: then its lease does. What else was leased is given back. */
  close(): Promise<void>
}

interface Deps {
  readonly store: DueStore
  readonly recordsKey: Uint8Array
  /** Steady, as what capabilities compare their times with. */
  readonly clock: Clock
  readonly timers: Timers
  readonly entropy: Entropy
  readonly onTrouble: (cause: unknown) => void
}

const BATCH = 32
/** A step that takes longer is taken for one that hangs. */
export const LEASE_MS = 60_000
/** How long a server that stops waits for the step that is under way. */
export const LAST_STEP_MS = 6_000
/** How soon what another server has scheduled, or left behind, is seen here at the latest. */
const LOOK_MS = 30_000
const FIRST_REST_MS = 1_000

export function makeDue(deps: Deps): Due {
  const { store, clock, timers, entropy, onTrouble } = deps
  const cipher = dueCipher(deps.recordsKey, entropy)
  let run: RunStep | undefined
  let closing = false
  let abandon: () => void = () => undefined
  const abandoned = new Promise<void>((resolve) => {
    abandon = resolve
  })
  let passing: Promise<void> | undefined
  let ringsAt = Number.POSITIVE_INFINITY
  let cancelTimer: () => void = () => undefined

  function ringAt(at: number): void {
    if (closing || !run || at >= ringsAt) return
    cancelTimer()
    ringsAt = at
    cancelTimer = timers.after(Math.max(0, at - clock.now()), () => {
      ringsAt = Number.POSITIVE_INFINITY
      if (!passing) pass().catch(onTrouble) // the one under way rings again at its end
    })
  }

  function pass(): Promise<void> {
    passing = look().finally(() => {
      passing = undefined
    })
    return passing
  }

  async function look(): Promise<void> {
    cancelTimer()
    ringsAt = Number.POSITIVE_INFINITY
    let next: number | undefined
    try {
      while (!closing && (await batch()) === BATCH);
      next = await store.nextAt()
    } finally {
      ringAt(Math.min(next ?? Number.POSITIVE_INFINITY, clock.now() + LOOK_MS))
    }
  }

  /** Answers how many were due. One after the other: their order is that of their times. */
  async function batch(): Promise<number> {
    const now = Math.floor(clock.now())
    const until = now + LEASE_MS
    const steps = await store.lease({ now, until, lease: base64url(entropy.bytes(12, 'lease')), limit: BATCH })
    for (const step of steps) {
      if (closing) await store.giveBack(step, step.at)
      else if (clock.now() < until) await Promise.race([run?.(step), abandoned])
    }
    return steps.length
  }

  return {
    async schedule(kind, subject, at) {
      await store.schedule(cipher.encrypt({ kind, subject, at: Math.ceil(at) }))
      ringAt(at)
    },
    cancel: (kind, subject) => store.cancel(cipher.idOf({ kind, subject })),
    start(kinds) {
      run = stepRunner({ ...deps, cipher }, kinds)
      ringAt(clock.now())
    },
    async runDue() {
      while (passing) await passing.catch(() => undefined) // told by whoever began it
      await pass()
    },
    async close() {
      closing = true
      cancelTimer()
      const cancel = timers.after(LAST_STEP_MS, abandon)
      await passing?.catch(onTrouble)
      cancel()
    },
  }
}

type RunStep = (step: LeasedStep) => Promise<void>

/** Whatever goes wrong with one step is told, and holds up that step alone. */
function stepRunner({ store, cipher, clock, timers, onTrouble }: Deps & { cipher: DueCipher }, kinds: readonly DueKind[]): RunStep {
  const known = new Map(kinds.map((each) => [each.kind, each]))
  if (known.size < kinds.length) throw new Error('two kinds of due steps under one name')

  async function done(step: LeasedStep): Promise<void> {
    const task = cipher.decrypt(step)
    const kind = known.get(task.kind)
    if (!kind) throw new Error(`nobody here does a due step of kind ${task.kind}`) // a newer server does
    const again = await within(kind.run(task.subject, task.at), LEASE_MS, { timers, name: `a due step of kind ${task.kind}` })
    const at = again === undefined ? undefined : Math.ceil(Math.max(again, clock.now() + FIRST_REST_MS))
    await store.finish(step, at === undefined ? undefined : cipher.encrypt({ ...task, at }))
  }

  return async (step) => {
    try {
      await done(step)
    } catch (cause) {
      onTrouble(cause)
      const rest = Math.min(LONGEST_HOLD_MS, FIRST_REST_MS * 2 ** Math.min(step.failures, 30))
      await store.giveBack({ ...step, failures: step.failures + 1 }, Math.ceil(clock.now() + rest))
    }
  }
}
