import { describe, expect, it } from 'vitest'
import { makePassLimit } from './pass-limit.ts'

function world(perPass: number) {
  const passes: (() => void)[] = []
  const limit = makePassLimit((run) => void passes.push(run), perPass)
  const done: string[] = []
  return {
    done,
    passes,
    /** As a caller does it: at once when there is nothing to wait for. */
    ask(key: string, name = key): void {
      const wait = limit.take(key)
      if (wait) void wait.then(() => done.push(name))
      else done.push(name)
    },
    async pass(): Promise<void> {
      passes.shift()?.()
      await Promise.resolve()
    },
  }
}

describe('a limit of short work in a pass', () => {
  it('[WRK-11] each key gets so many pieces in a pass, in its order; one that asks for few waits for nothing', async () => {
    const { ask, done, pass } = world(2)
    for (let i = 0; i < 5; i++) ask('a', `a${i}`)
    ask('b')
    expect(done).toEqual(['a0', 'a1', 'b'])
    await pass()
    ask('a', 'a5')
    ask('c')
    expect(done).toEqual(['a0', 'a1', 'b', 'a2', 'a3', 'c'])
    await pass()
    await pass()
    ask('a', 'a6')
    expect(done.slice(6)).toEqual(['a4', 'a5', 'a6'])
  })

  it('[WRK-11] whoever has waited is not overtaken by a later piece of the same key', async () => {
    const { ask, done, pass } = world(1)
    for (let round = 0; round < 4; round++) {
      ask('a', `${round} first`)
      ask('a', `${round} second`)
      await pass()
    }
    for (let i = 0; i < 4; i++) await pass()
    expect(done).toEqual([0, 1, 2, 3].flatMap((round) => [`${round} first`, `${round} second`]))
  })

  it('[WRK-11] rests once nothing is asked for', async () => {
    const { ask, passes, pass } = world(1)
    ask('a')
    ask('a')
    for (let i = 0; i < 3; i++) await pass()
    expect(passes).toEqual([])
  })
})
