import { describe, expect, it } from 'vitest'
import { serialQueue, serialQueues } from './serial-queue.ts'

function gated() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open: () => open(), opened }
}

describe('a serial queue', () => {
  it('[WRK-20] begins nothing before what was asked for earlier has ended', async () => {
    const run = serialQueue()
    const told: string[] = []
    const gate = gated()
    const first = run(async () => {
      told.push('first begins')
      await gate.opened
      told.push('first ends')
    })
    const second = run(() => told.push('second'))
    await Promise.resolve()
    gate.open()
    await Promise.all([first, second])
    expect(told).toEqual(['first begins', 'first ends', 'second'])
  })

  it('[WRK-20] a failure is heard by whoever asked, and by nobody behind', async () => {
    const run = serialQueue()
    const failing = run(() => Promise.reject(new Error('no')))
    const next = run(() => 'done')
    await expect(failing).rejects.toThrow('no')
    await expect(next).resolves.toBe('done')
  })

  it('[WRK-20] one for each key: keys do not wait for each other, and a quiet one is not kept', async () => {
    const queues = serialQueues<string>()
    const gate = gated()
    const slow = queues.run('a', () => gate.opened)
    await expect(queues.run('b', () => 'done')).resolves.toBe('done')
    expect([queues.isBusy('a'), queues.isBusy('b')]).toEqual([true, false])
    gate.open()
    await slow
    expect(queues.isBusy('a')).toBe(false)
  })
})
