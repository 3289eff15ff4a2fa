import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realSystem } from '#server/system.ts'
import { nodeThreads } from './node-thread.ts'
import { echo, fault, hang, kept, make, waste } from './testing/test-tasks.ts'
import { openWorkerPool } from './worker-pool.ts'

const file = new URL('./testing/test-thread.ts', import.meta.url)
const spawn = nodeThreads({ file, memoryMegabytes: 64 })
const pool = openWorkerPool({ timers: realSystem().timers, spawn })
beforeAll(() => pool.run(echo, 'first', ''))
afterAll(() => pool.close())

describe('threads', () => {
  it('[WRK-2] tasks of one case that hang do not keep another case waiting', async () => {
    const own = openWorkerPool({ timers: realSystem().timers, spawn })
    let ended = 0
    const hanging = [1, 2, 3].map(() => own.run(hang, 'hostile', undefined).catch(() => ended++))
    for (let i = 0; i < 5; i++) expect(await own.run(echo, 'honest', 'text')).toBe('text')
    expect(ended).toBe(0)
    await own.close()
    await Promise.all(hanging)
  })

  it('[WRK-5] a task that hangs is ended after its time, and takes nobody with it', async () => {
    await expect(pool.run(hang, 'slow', undefined, 20)).rejects.toMatchObject({ fault: 'timeout' })
    expect(await pool.run(echo, 'slow', 'text')).toBe('text')
  })

  it('[WRK-5] a task that takes more memory than a thread may have ends alone', async () => {
    await expect(pool.run(waste, 'greedy', undefined)).rejects.toMatchObject({ fault: 'died' })
    expect(await pool.run(echo, 'greedy', 'text')).toBe('text')
  })

  it('[WRK-12] bytes that a thread has made come over whole, and none of them is copied', async () => {
    for (const length of [1, 100_000]) {
      const bytes = await pool.run(make, 'papers', length)
      expect(Buffer.from(bytes).toString()).toBe('x'.repeat(length))
      expect(await pool.run(kept, 'papers', undefined)).toBe(0)
    }
    expect(await pool.run(make, 'papers', 0)).toHaveLength(0)
  })

  it('[WRK-9] a failure names its kind and quotes nothing', async () => {
    const failure = await pool.run(fault, 'faulty', 'said in confidence').catch((error: unknown) => error)
    expect(String(failure)).toContain('RangeError')
    expect(JSON.stringify([String(failure), (failure as Error).stack])).not.toContain('confidence')
  })
})
