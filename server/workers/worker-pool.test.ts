import { describe, expect, it } from 'vitest'
import { defineTask, unlessClosing, WorkerFailure } from './task.ts'
import { ManualTimers, manualThreads } from './testing/manual-threads.ts'
import { openWorkerPool, type WorkerPool, type WorkerPoolDeps } from './worker-pool.ts'

const work = defineTask<string, string>('work', { priority: 'background', timeout: 1_000 })
const quick = defineTask<string, string>('quick', { priority: 'interactive', timeout: 50 })

function stand(more: Partial<WorkerPoolDeps> = {}) {
  const timers = new ManualTimers()
  const threads = manualThreads()
  const pool = openWorkerPool({ timers, spawn: threads.spawn, backOff: { firstMs: 100, longestMs: 400, forgetMs: 5_000 }, ...more })
  return { timers, threads, pool }
}

/** How the task ended: its result, or the name of its fault. */
function ask(pool: WorkerPool, task: typeof work, key: string, input: string): Promise<string> {
  return pool.run(task, key, input).catch((error: unknown) => (error instanceof WorkerFailure ? error.fault : 'other'))
}

describe('the worker pool', () => {
  it('[WRK-2] one case has one thread, another case the other, and each answer reaches its asker', async () => {
    const { threads, pool } = stand()
    const [a1, a2, b1] = [ask(pool, work, 'a', 'a1'), ask(pool, work, 'a', 'a2'), ask(pool, work, 'b', 'b1')]
    threads.startAll()
    expect(threads.working()).toEqual(['a1', 'b1'])
    threads.finish('b1')
    threads.finish('a1')
    expect(threads.working()).toEqual(['a2'])
    threads.finish('a2')
    expect(await Promise.all([a1, a2, b1])).toEqual(['a1', 'a2', 'b1'])
  })

  it('[WRK-5] a task past its time ends with its thread, and the next case is served at once by one that was ready', async () => {
    const { timers, threads, pool } = stand({ threads: 1 })
    const hung = ask(pool, work, 'a', 'a1')
    threads.startAll()
    const next = ask(pool, work, 'b', 'b1')
    threads.startAll()
    expect(threads.working()).toEqual(['a1'])
    timers.pass(1_001)
    expect(await hung).toBe('timeout')
    expect(threads.all[0]?.ended).toBe(true)
    expect(threads.working()).toEqual(['b1'])
    threads.finish('b1')
    expect(await next).toBe('b1')
  })

  it('[WRK-5] an answer that lies there when the time is over counts', async () => {
    const { timers, threads, pool } = stand()
    const late = ask(pool, work, 'a', 'a1')
    threads.startAll()
    timers.pass(1_000)
    threads.finish('a1')
    expect(await late).toBe('a1')
    timers.pass(10)
    expect(threads.all.filter(({ ended }) => ended)).toEqual([])
  })

  it('[WRK-6] after harm this kind of task of this case rests, longer each time and never beyond a bound; others do not', async () => {
    const { timers, threads, pool } = stand()
    for (const rest of [100, 200, 400, 400]) {
      const hung = ask(pool, work, 'a', 'a')
      threads.startAll()
      timers.pass(1_001)
      expect(await hung).toBe('timeout')
      expect(await ask(pool, work, 'a', 'again')).toBe('resting')
      for (const [task, key] of [
        [quick, 'a'],
        [work, 'b'],
      ] as const) {
        const other = ask(pool, task, key, 'other')
        threads.startAll()
        threads.finish('other')
        expect(await other).toBe('other')
      }
      timers.pass(rest - 1)
      expect(await ask(pool, work, 'a', 'again')).toBe('resting')
      timers.pass(1)
    }
  })

  it('[WRK-6] harm is forgotten after a while, and leaves nothing behind', async () => {
    const { timers, threads, pool } = stand()
    const hung = ask(pool, work, 'a', 'a')
    threads.startAll()
    timers.pass(1_001)
    await hung
    timers.pass(60_000)
    expect(timers.waiting).toBe(0)
    const second = ask(pool, work, 'a', 'a')
    threads.startAll()
    timers.pass(1_001)
    await second
    timers.pass(100)
    const third = ask(pool, work, 'a', 'ok')
    threads.startAll()
    threads.finish('ok')
    expect(await third).toBe('ok')
  })

  it('[WRK-6] a thread that dies takes one task with it', async () => {
    const { threads, pool } = stand()
    const killed = ask(pool, work, 'a', 'a1')
    threads.startAll()
    threads.all[0]?.events.died('out of memory')
    expect(await killed).toBe('died')
    expect(await ask(pool, work, 'a', 'a2')).toBe('resting')
  })

  it('[WRK-6] what the same case had asked for before the harm is not tried either', async () => {
    const { timers, threads, pool } = stand()
    const asked = ['a1', 'a2', 'a3'].map((input) => ask(pool, work, 'a', input))
    threads.startAll()
    timers.pass(1_001)
    expect(await Promise.all(asked)).toEqual(['timeout', 'resting', 'resting'])
  })

  it('[WRK-4] too much of one case is refused at once', async () => {
    const { threads, pool } = stand({ waitingPerKey: 2 })
    const asked = ['a1', 'a2', 'a3'].map((input) => ask(pool, work, 'a', input))
    expect(await asked[2]).toBe('queue-full')
    const other = ask(pool, work, 'b', 'b1')
    threads.startAll()
    expect(threads.working()).toEqual(['a1', 'b1'])
    threads.finish('b1')
    expect(await other).toBe('b1')
  })

  it('[WRK-421] what is to be had for a task is had when a thread is there for it; what cannot be had is told, and costs no thread', async () => {
    const { threads, pool } = stand({ threads: 1 })
    const had: string[] = []
    const having = (input: string) => async () => {
      had.push(input)
      if (input === 'gone') throw new RangeError('gone')
      return input
    }
    const asked = ['a1', 'gone', 'a2'].map((input) => pool.run(work, 'a', having(input)).catch((error: unknown) => error))
    expect(had).toEqual([])
    threads.startAll()
    await Promise.resolve()
    expect([had, threads.working()]).toEqual([['a1'], ['a1']])
    threads.finish('a1')
    expect(await asked[1]).toBeInstanceOf(RangeError)
    await Promise.resolve()
    expect([had, threads.working()]).toEqual([['a1', 'gone', 'a2'], ['a2']])
    threads.finish('a2')
    expect([await asked[0], await asked[2]]).toEqual(['a1', 'a2'])
  })

  it('[WRK-7] when threads cannot start, those who wait are told', async () => {
    const { threads, pool } = stand()
    const asked = ask(pool, work, 'a', 'a1')
    for (let i = 0; i < 3; i++) threads.all.at(-1)?.events.died('no file')
    expect(await asked).toBe('no-thread')
  })

  it('[WRK-8] threads end when there is nothing to do, and come back', async () => {
    const { timers, threads, pool } = stand({ idleMs: 10_000 })
    const first = ask(pool, work, 'a', 'a1')
    threads.startAll()
    threads.finish('a1')
    await first
    timers.pass(9_999)
    expect(threads.all.some(({ ended }) => ended)).toBe(false)
    timers.pass(1)
    expect(threads.all.every(({ ended }) => ended)).toBe(true)
    const second = ask(pool, work, 'a', 'a2')
    threads.startAll()
    threads.finish('a2')
    expect(await second).toBe('a2')
  })

  it('[WRK-7] closing tells everybody who waits, ends every thread, and takes nothing more', async () => {
    const { timers, threads, pool } = stand()
    const asked = ['a1', 'a2', 'b1'].map((input) => ask(pool, work, input[0] ?? '', input))
    threads.startAll()
    await pool.close()
    expect(await Promise.all(asked)).toEqual(['closing', 'closing', 'closing'])
    expect(await ask(pool, work, 'c', 'c1')).toBe('closing')
    expect(threads.all.every(({ ended }) => ended)).toBe(true)
    expect(timers.waiting).toBe(0)
  })

  it('[WRK-7] what was under way when the server stops is no trouble that the operator is told of; anything else is', () => {
    const told: unknown[] = []
    const tell = unlessClosing((error) => told.push(error))
    const [full, other] = [new WorkerFailure('queue-full'), new Error('disk')]
    for (const error of [new WorkerFailure('closing'), new Error('later', { cause: new WorkerFailure('closing') }), full, other])
      tell(error)
    expect(told).toEqual([full, other])
  })

  it('[WRK-3] a task that is too long to stand before others is no interactive task', () => {
    expect(() => defineTask('long', { priority: 'interactive', timeout: 15_000 })).toThrow('long')
  })
})
