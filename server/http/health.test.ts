import { describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { platformWorld } from '#server/testing/platform-world.ts'
import { memoryStorage } from '#server/testing/storage.ts'
import { createHealth } from './health.ts'

const never = { after: () => () => undefined }

describe('health', () => {
  it('[STA-40] a disk that takes no writes is told as 503, and room again as 200', async () => {
    const storage = memoryStorage()
    const world = await platformWorld({ storage })
    const ask = async () => (await fetch(`${world.url}/healthz`)).status
    expect(await ask()).toBe(200)
    storage.limitPages(1)
    const fill = async () => {
      for (let i = 0; i < 1_000; i++) await storage.records.insert('filling', `${i}`, 'x'.repeat(3_000))
    }
    await expect(fill()).rejects.toMatchObject({ problem: { kind: 'unavailable' } })
    expect(await ask()).toBe(200) // remembered
    world.clock.shift(5_000)
    expect(await ask()).toBe(503)
    storage.limitPages(1_000_000)
    world.clock.shift(5_000)
    expect(await ask()).toBe(200)
    await world.close()
  })

  it('[STA-41] however often and however many at once ask, one write is made in five seconds', async () => {
    const clock = setClock()
    let writes = 0
    const probe = async () => void writes++
    const healthy = createHealth({ probe, clock, timers: never })
    await Promise.all(Array.from({ length: 1_000 }, healthy))
    for (let i = 0; i < 1_000; i++) expect(await healthy()).toBe(true)
    expect(writes).toBe(1)
    clock.set(clock.now() + 4_999)
    await healthy()
    expect(writes).toBe(1)
    clock.set(clock.now() + 1)
    await healthy()
    expect(writes).toBe(2)
    clock.set(clock.now() - 86_400_000)
    await healthy()
    expect(writes).toBe(3) // a clock that was set back does not keep an old answer for a day
  })

  it('[STA-42] a storage that does not answer is not healthy, and no second write is begun before it has', async () => {
    const clock = setClock()
    const late: (() => void)[] = []
    const timers = {
      after: (_ms: number, run: () => void) => {
        late.push(run)
        return () => undefined
      },
    }
    let writes = 0
    let answer: () => void = () => undefined
    const probe = () => {
      writes++
      return new Promise<void>((resolve) => {
        answer = resolve
      })
    }
    const healthy = createHealth({ probe, clock, timers })
    const first = healthy()
    for (const run of late.splice(0)) run()
    expect(await first).toBe(false)
    clock.set(clock.now() + 60_000)
    expect(await healthy()).toBe(false)
    expect(writes).toBe(1)
    answer()
    await expect
      .poll(() => {
        clock.set(clock.now() + 60_000)
        void healthy()
        return writes
      })
      .toBe(2)
    answer()
    expect(await healthy()).toBe(true)
  })
})
