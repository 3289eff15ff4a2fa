import { describe, expect, it } from 'vitest'
import { movingTimers } from '#server/testing/moving-timers.ts'
import { openCase, platformWorld, setUpOwner } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { closeParts } from './close-parts.ts'

const never = () => new Promise<never>(() => undefined)

/** Until it has ended, seconds after seconds; answers how many were needed. */
async function secondsUntil(ended: Promise<unknown>, advance: (milliseconds: number) => void): Promise<number> {
  let isOver = false
  let seconds = 0
  const over = () => {
    isOver = true
  }
  ended.then(over, over)
  await expect
    .poll(
      () => {
        if (!isOver && seconds++ < 1_000) advance(1_000)
        return isOver
      },
      { interval: 1, timeout: 30_000 },
    )
    .toBe(true)
  return seconds
}

describe('a server that stops', () => {
  it('[DUE-21] closes its parts in their order, whatever becomes of those before, each told of', async () => {
    const timers = movingTimers()
    let now = 0
    const closed: string[] = []
    const troubles: unknown[] = []
    const part = (name: string, end: () => unknown = () => undefined) => ({
      close() {
        closed.push(name)
        return end()
      },
    })
    const parts = {
      failing: part('failing', () => Promise.reject(new Error('no disk'))),
      throwing: part('throwing', () => {
        throw new Error('a fault of ours')
      }),
      ...Object.fromEntries([1, 2, 3, 4].map((at) => [`hanging ${at}`, part(`hanging ${at}`, never)])),
      last: part('last'),
    }
    const ended = closeParts(parts, { timers, stopwatch: { elapsed: () => now }, onTrouble: (cause) => void troubles.push(cause) })
    const seconds = await secondsUntil(ended, (milliseconds) => {
      now += milliseconds
      timers.advance(milliseconds)
    })
    expect(closed).toEqual(Object.keys(parts))
    expect(troubles).toHaveLength(6)
    expect(seconds).toBeLessThanOrEqual(24)
  })

  it('[DUE-21] has nothing to tell when every part closes as it should, a worker among them', async () => {
    const world = await platformWorld()
    await openCase(world, await setUpOwner(world))
    await world.stop()
    expect(world.journal.filter((line) => JSON.parse(line).level >= 40)).toEqual([])
  })

  it('[DUE-21] ends although its storage takes neither what it writes at the stop nor its leave', async () => {
    const storage = memoryStorage()
    let hangs = false
    const unless = <T>(work: () => Promise<T>) => (hangs ? never() : work())
    const world = await platformWorld({
      storage: {
        ...storage,
        projections: { ...storage.projections, raise: (...args) => unless(() => storage.projections.raise(...args)) },
        checkpoints: { ...storage.checkpoints, write: (...args) => unless(() => storage.checkpoints.write(...args)) },
      },
    })
    await openCase(world, await setUpOwner(world))
    hangs = true
    const stopped = world.stop()
    const seconds = await secondsUntil(stopped, world.timers.advance)
    expect(seconds).toBeGreaterThan(5)
    expect(seconds).toBeLessThanOrEqual(30)
    await storage.close()
  })
})
