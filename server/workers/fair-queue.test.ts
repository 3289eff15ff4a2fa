import { describe, expect, it } from 'vitest'
import { FairQueue, type Queued } from './fair-queue.ts'
import type { Priority } from './task.ts'

interface Named extends Queued {
  readonly name: string
}

function queueOf(tasks: string, limits = { perKey: 50, inAll: 100 }): FairQueue<Named> {
  const queue = new FairQueue<Named>(limits)
  for (const name of tasks.split(' ').filter(Boolean)) queue.add(task(name))
  return queue
}

/** `a1` is a background task of case a, `a1!` one that somebody waits for. */
function task(name: string): Named {
  const priority: Priority = name.endsWith('!') ? 'interactive' : 'background'
  return { name, key: name[0] ?? '', priority }
}

/** One thread takes them all, each when the one before is done. */
function order(queue: FairQueue<Named>): string {
  const names: string[] = []
  for (let next = queue.take('common'); next; next = queue.take('common')) {
    names.push(next.name)
    queue.done(next.key)
  }
  return names.join(' ')
}

describe('the queue of tasks', () => {
  const orders: readonly (readonly [string, string, string])[] = [
    ['[WRK-1] cases take turns, however much one of them asks for', 'a1 a2 a3 a4 b1 c1 b2', 'a1 b1 c1 a2 b2 a3 a4'],
    ['[WRK-1] within a case and a priority the order is that of asking', 'a1 a2 a3', 'a1 a2 a3'],
    ['[WRK-3] what somebody waits for comes first, in turns too', 'a1 b1 c1! b2! c2!', 'b2! c1! c2! a1 b1'],
    [
      '[WRK-3] but never more than four times in a row before a background task',
      'x1 a1! a2! a3! a4! a5! a6!',
      'a1! a2! a3! a4! x1 a5! a6!',
    ],
  ]
  for (const [name, asked, served] of orders) it(name, () => expect(order(queueOf(asked))).toBe(served))

  it('[WRK-2] a case with a task under way stands behind everybody who has none', () => {
    const queue = queueOf('a1 a2 a3! b1')
    expect(queue.take('common')?.name).toBe('a3!')
    expect(queue.take('common')?.name).toBe('b1')
  })

  it('[WRK-2] a second thread is lent to a case for a short task alone, and while nobody else waits', () => {
    const queue = queueOf('a1 a2')
    queue.take('common')
    expect(queue.take('common')).toBeUndefined()
    queue.add(task('a3!'))
    expect(queue.take('common')?.name).toBe('a3!')
  })

  it('[WRK-3] the thread in reserve serves short tasks of cases that have nothing under way', () => {
    const queue = queueOf('a1 b1 a2! c1')
    const [first, second] = [queue.take('common'), queue.take('common')]
    expect([first?.name, second?.name]).toEqual(['a2!', 'b1'])
    expect(queue.take('reserve')).toBeUndefined()
    queue.add(task('d1!'))
    expect(queue.take('reserve')?.name).toBe('d1!')
  })

  it('[WRK-4] one case may have a bounded number of tasks waiting, and all together too', () => {
    const queue = queueOf('', { perKey: 2, inAll: 3 })
    const added = ['a1', 'a2!', 'a3', 'b1', 'c1', 'd1', 'd2!'].map((name) => queue.add(task(name)))
    expect(added).toEqual([true, true, false, true, true, false, true])
    expect(order(queue)).toBe('a2! d2! b1 c1 a1')
    expect(queue.size).toBe(0)
  })

  it('[WRK-4] however much waits in the background, nobody who waits for an answer is refused for it', () => {
    const queue = queueOf('a1 b1 c1', { perKey: 2, inAll: 3 })
    expect(['d1', 'd2!', 'e1!', 'f1!', 'g1!'].map((name) => queue.add(task(name)))).toEqual([false, true, true, true, false])
    queue.drain()
    expect(['a1', 'b1', 'c1', 'd1'].map((name) => queue.add(task(name)))).toEqual([true, true, true, false])
  })
})
