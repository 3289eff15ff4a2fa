import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { LONGEST_HOLD_MS } from '#server/storage/longest-hold.ts'
import type { DueStore, Storage } from '#server/storage/ports.ts'
import { openSqlite } from '#server/storage/sqlite/open-sqlite.ts'
import { setClock } from '#server/testing/clock.ts'
import { seededEntropy } from '#server/testing/entropy.ts'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { steadyClock } from '#shared/kernel/steady-clock.ts'
import { type Due, type DueKind, LAST_STEP_MS, LEASE_MS, makeDue } from './due.ts'

const KIND = 'tests/note'
const HOUR = 3_600_000
const closing: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

interface World {
  readonly due: Due
  readonly clock: ReturnType<typeof setClock>
  readonly timers: ReturnType<typeof movingTimers>
  readonly storage: Storage
  readonly done: string[]
  readonly troubles: unknown[]
}

let servers = 0

/** A server over this storage, at this time. */
function server({
  storage = memoryStorage(),
  clock = setClock(),
  kinds = [],
  store = storage.due,
}: Partial<Pick<World, 'storage' | 'clock'>> & { kinds?: readonly DueKind[]; store?: DueStore } = {}): World {
  const [done, troubles]: [string[], unknown[]] = [[], []]
  const timers = movingTimers()
  const due = makeDue({
    store,
    recordsKey: new Uint8Array(32).fill(7),
    clock: steadyClock(clock, clock),
    timers,
    entropy: seededEntropy(`due ${servers++}`),
    onTrouble: (cause) => void troubles.push(cause),
  })
  due.start([{ kind: KIND, run: async (subject) => void done.push(subject) as undefined }, ...kinds])
  closing.push(storage.close, due.close)
  return { due, clock, timers, storage, done, troubles }
}

/** A storage on which a server was killed: nothing is finished or given back. */
const killed = (store: DueStore): DueStore => ({ ...store, finish: async () => false, giveBack: async () => false })

describe('what is due', () => {
  it('[DUE-1] is done at its time and in the order of times, not before', async () => {
    const { due, clock, done } = server()
    const now = clock.now()
    for (const after of [3, 1, 2]) await due.schedule(KIND, `${after}`, now + after * HOUR)
    clock.pass(HOUR - 1)
    await due.runDue()
    expect(done).toEqual([])
    clock.pass(1)
    await due.runDue()
    expect(done).toEqual(['1'])
    clock.pass(5 * HOUR)
    await due.runDue()
    await due.runDue()
    expect(done).toEqual(['1', '2', '3'])
  })

  it('[DUE-1] is done by itself when its time comes, also what another server has scheduled', async () => {
    const { due, clock, timers, storage, done } = server()
    await due.runDue()
    await due.schedule(KIND, 'mine', clock.now() + 5_000)
    clock.pass(5_000)
    timers.advance(5_000)
    await expect.poll(() => done).toEqual(['mine'])
    const other = server({ storage, clock, store: killed(storage.due) })
    await other.due.schedule(KIND, 'theirs', clock.now() + HOUR)
    await other.due.close()
    clock.pass(HOUR)
    timers.advance(30_000)
    await expect.poll(() => done).toEqual(['mine', 'theirs'])
  })

  it('[DUE-1] is done after the next start when no server ran at its time', async () => {
    const first = server()
    await first.due.schedule(KIND, 'a', first.clock.now() + HOUR)
    await first.due.close()
    first.clock.pass(40 * HOUR)
    const second = server({ storage: first.storage, clock: first.clock })
    await expect.poll(() => second.done).toEqual(['a'])
  })

  it('[DUE-2] scheduled again it is done at the new time alone; cancelled, never', async () => {
    const { due, clock, done } = server()
    const now = clock.now()
    for (const at of [now + HOUR, now + 3 * HOUR]) await due.schedule(KIND, 'moved', at)
    await due.schedule(KIND, 'cancelled', now + HOUR)
    await due.cancel(KIND, 'cancelled')
    clock.pass(2 * HOUR)
    await due.runDue()
    expect(done).toEqual([])
    clock.pass(2 * HOUR)
    await due.runDue()
    expect(done).toEqual(['moved'])
  })

  it('[DUE-2] what is scheduled anew while it is being done is done once more', async () => {
    const again: string[] = []
    const world = server({
      kinds: [
        {
          kind: 'tests/anew',
          async run(subject, at) {
            again.push(subject)
            if (again.length === 1) await world.due.schedule('tests/anew', subject, at + HOUR)
            return undefined
          },
        },
      ],
    })
    await world.due.schedule('tests/anew', 'a', world.clock.now())
    await world.due.runDue()
    world.clock.pass(HOUR)
    await world.due.runDue()
    expect(again).toEqual(['a', 'a'])
  })

  it('[DUE-2] a step that answers a later time is done then', async () => {
    const times: number[] = []
    const kind: DueKind = {
      kind: 'tests/later',
      run: async (_subject, at) => (times.push(at) === 1 ? at + 2 * HOUR : undefined),
    }
    const { due, clock } = server({ kinds: [kind] })
    const start = clock.now()
    await due.schedule('tests/later', 'a', start)
    for (let turn = 0; turn < 4; turn++) {
      await due.runDue()
      clock.pass(HOUR)
    }
    expect(times).toEqual([start, start + 2 * HOUR])
  })

  it('[DUE-3] what a server was killed at is done again when its lease is over', async () => {
    const storage = memoryStorage()
    const first = server({ storage, store: killed(storage.due) })
    const { clock } = first
    await first.due.schedule(KIND, 'a', clock.now())
    await first.due.runDue()
    expect(first.done).toEqual(['a'])
    await first.due.close()
    const second = server({ storage, clock })
    await second.due.runDue()
    expect(second.done).toEqual([])
    clock.pass(LEASE_MS)
    await second.due.runDue()
    expect(second.done).toEqual(['a'])
    clock.pass(LEASE_MS)
    await second.due.runDue()
    expect(second.done).toEqual(['a'])
  })

  it('[DUE-3] after kill -9 between its beginning and its end it is done by the next start', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bitim-due-'))
    closing.push(() => rmSync(folder, { recursive: true, force: true }))
    const script = join(import.meta.dirname, '../testing/due-until-killed.ts')
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder, KIND, 'a'], { stdio: ['ignore', 'pipe', 'inherit'] })
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => child.kill('SIGKILL'))
      child.once('close', (_code, signal) => (signal === 'SIGKILL' ? resolve() : reject(new Error('ended by itself'))))
    })
    const storage = openSqlite({ folder })
    const clock = setClock(Date.now())
    const next = server({ storage, clock })
    await next.due.runDue()
    expect(next.done).toEqual([])
    clock.pass(LEASE_MS)
    await next.due.runDue()
    expect(next.done).toEqual(['a'])
  })

  it('[DUE-4] what fails is told and tried again, each time later, an hour at most; others are done meanwhile', async () => {
    let failures = 0
    const kind: DueKind = {
      kind: 'tests/failing',
      async run() {
        throw new Error(`failure ${++failures}`)
      },
    }
    const { due, clock, storage, done, troubles } = server({ kinds: [kind] })
    await due.schedule('tests/failing', 'a', clock.now())
    await due.schedule(KIND, 'b', clock.now())
    await due.runDue()
    expect(done).toEqual(['b'])
    expect(troubles).toEqual([new Error('failure 1')])
    const rests: number[] = []
    while (failures < 16) {
      rests.push(((await storage.due.nextAt()) ?? 0) - clock.now())
      clock.pass((rests.at(-1) ?? 0) - 1)
      await due.runDue()
      expect(failures).toBe(rests.length)
      clock.pass(1)
      await due.runDue()
    }
    expect(rests.slice(0, 4)).toEqual([1_000, 2_000, 4_000, 8_000])
    expect(rests.slice(-2)).toEqual([LONGEST_HOLD_MS, LONGEST_HOLD_MS])
  })

  it('[DUE-4] what hangs, what nobody here knows and what does not open holds up no other', async () => {
    const hanging: DueKind = { kind: 'tests/hanging', run: () => new Promise(() => undefined) }
    const { due, clock, timers, storage, done, troubles } = server({ kinds: [hanging] })
    await due.schedule('tests/hanging', 'a', clock.now())
    await due.schedule('tests/unknown', 'a', clock.now())
    await storage.due.schedule({ id: 'damaged', at: clock.now(), encrypted: new Uint8Array(40) })
    await due.schedule(KIND, 'b', clock.now() + 1)
    clock.pass(1)
    const running = due.runDue()
    await expect
      .poll(() => {
        timers.advance(LEASE_MS)
        return done
      })
      .toEqual(['b'])
    await running
    expect(troubles).toHaveLength(3)
    expect(await storage.inspection.dueSteps('', 10)).toHaveLength(3)
  })

  it('[DUE-5] two servers on one storage do each step once', async () => {
    const storage = memoryStorage()
    const one = server({ storage })
    const other = server({ storage, clock: one.clock })
    const subjects = Array.from({ length: 150 }, (_, i) => `${i}`)
    await Promise.all(subjects.map((subject) => one.due.schedule(KIND, subject, one.clock.now())))
    await Promise.all([one.due.runDue(), other.due.runDue()])
    await Promise.all([one.due.runDue(), other.due.runDue()])
    expect([...one.done, ...other.done].sort()).toEqual(subjects.sort())
    expect(Math.min(one.done.length, other.done.length)).toBeGreaterThan(0)
  })

  it('[DUE-6] a server that stops ends what is under way and gives back the rest', async () => {
    let finish: (() => void) | undefined
    const slow: DueKind = {
      kind: 'tests/slow',
      run: () =>
        new Promise((resolve) => {
          finish = () => resolve(undefined)
        }),
    }
    const first = server({ kinds: [slow] })
    const { clock, storage } = first
    await first.due.schedule('tests/slow', 'a', clock.now())
    await first.due.schedule(KIND, 'b', clock.now() + 1)
    clock.pass(1)
    const running = first.due.runDue()
    await expect.poll(() => finish).toBeDefined()
    const closed = first.due.close()
    finish?.()
    await Promise.all([running, closed])
    expect(await storage.inspection.dueSteps('', 10)).toHaveLength(1)
    expect(first.done).toEqual([])
    const second = server({ storage, clock })
    await second.due.runDue()
    expect(second.done).toEqual(['b'])
  })

  it('[DUE-20] a server that stops waits for a step that hangs no longer than some seconds, and gives back what stood behind it', async () => {
    const begun: string[] = []
    const hanging: DueKind = {
      kind: 'tests/hanging',
      run(subject) {
        begun.push(subject)
        return new Promise(() => undefined)
      },
    }
    const first = server({ kinds: [hanging] })
    const { clock, storage, timers } = first
    await first.due.schedule('tests/hanging', 'a', clock.now())
    await first.due.schedule(KIND, 'b', clock.now() + 1)
    clock.pass(1)
    const running = first.due.runDue()
    await expect.poll(() => begun).toEqual(['a'])
    const closed = first.due.close()
    timers.advance(LAST_STEP_MS)
    await Promise.all([running, closed])
    const second = server({ storage, clock, kinds: [hanging] })
    await second.due.runDue()
    expect(second.done).toEqual(['b'])
    expect(begun).toEqual(['a'])
    clock.pass(LEASE_MS)
    void second.due.runDue()
    await expect.poll(() => begun).toEqual(['a', 'a'])
    const over = second.due.close()
    second.timers.advance(LAST_STEP_MS)
    await over
  })

  it('[DUE-7] a thousand steps that have come due are leased a few at a time', async () => {
    const storage = memoryStorage()
    const leased: number[] = []
    const store: DueStore = {
      ...storage.due,
      async lease(terms) {
        const steps = await storage.due.lease(terms)
        leased.push(steps.length)
        return steps
      },
    }
    const { due, clock, done } = server({ storage, store })
    await Promise.all(Array.from({ length: 1_000 }, (_, i) => due.schedule(KIND, `${i}`, clock.now())))
    await due.runDue()
    await due.runDue()
    expect(new Set(done).size).toBe(1_000)
    expect(Math.max(...leased)).toBeLessThanOrEqual(32)
  })

  it('[DUE-8] a clock that is set brings nothing early and keeps nothing from its time', async () => {
    const { due, clock, done } = server()
    await due.schedule(KIND, 'a', clock.now() + HOUR)
    clock.jump(365 * 24 * HOUR)
    await due.runDue()
    expect(done).toEqual([])
    clock.jump(-2 * 365 * 24 * HOUR)
    clock.pass(HOUR)
    await due.runDue()
    expect(done).toEqual(['a'])
  })

  it('[DUE-8] a server that was started with its clock ahead, and killed, leaves nothing undone', async () => {
    const storage = memoryStorage()
    const ahead = server({ storage, clock: setClock(Date.UTC(2027, 10, 22)), store: killed(storage.due) })
    const clock = setClock()
    await ahead.due.schedule(KIND, 'a', clock.now() + HOUR)
    await ahead.due.runDue()
    await ahead.due.close()
    const right = server({ storage, clock })
    await right.due.runDue()
    expect(right.done).toEqual([])
    clock.pass(HOUR)
    await right.due.runDue()
    expect(right.done).toEqual(['a'])
  })
})
