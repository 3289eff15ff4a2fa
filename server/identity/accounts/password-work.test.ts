import { describe, expect, it } from 'vitest'
import { AppError } from '#shared/kernel/errors.ts'
import { type Asker, makePasswordWork, type WorkShare } from './password-work.ts'

/** Work that ends when it is told to. */
function bench(bounds = { atWork: 2, waiting: 3, waitingOfSource: 2 }) {
  const work = makePasswordWork(bounds)
  const began: string[] = []
  const ending = new Map<string, () => void>()
  let refused = 0
  function ask(name: string, share: WorkShare, source = name): Promise<void> {
    const asker: Asker = { share, source }
    return work
      .run(asker, () => {
        began.push(name)
        return new Promise<void>((resolve) => ending.set(name, resolve))
      })
      .catch((error: unknown) => {
        expect(error).toMatchObject({ problem: { kind: 'unavailable', reason: 'identity/busy', details: { seconds: 2 } } })
        refused += 1
      })
  }
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  return {
    work,
    began,
    ask: (...asked: Parameters<typeof ask>) => void ask(...asked),
    turn,
    refused: () => refused,
    async end(name: string) {
      ending.get(name)?.()
      await turn()
    },
  }
}

describe('the work of hashing passwords', () => {
  it('[IDE-32] few are at work, few wait, whoever comes then is told that it is busy', async () => {
    const { ask, began, turn, refused, end } = bench()
    for (let i = 0; i < 20; i++) ask(`s${i}`, 'fresh')
    await turn()
    expect([began, refused()]).toEqual([['s0', 's1'], 15])
    await end('s0')
    expect(began).toEqual(['s0', 's1', 's2'])
  })

  it('[IDE-32] one network does not fill the share of all strangers', async () => {
    const { ask, turn, refused, end, began } = bench()
    for (let i = 0; i < 10; i++) ask(`flood${i}`, 'failed', 'one network')
    ask('other', 'failed', 'another')
    await turn()
    expect(refused()).toBe(6)
    for (const name of ['flood0', 'flood1', 'flood2', 'flood3']) await end(name)
    expect(began).toContain('other')
  })

  it('[IDE-32] shares take turns: a known device and a fresh network wait for one hash each, however many others wait', async () => {
    const { ask, turn, refused, end, began } = bench({ atWork: 1, waiting: 30, waitingOfSource: 30 })
    for (let i = 0; i < 100; i++) ask(`flood${i}`, 'failed')
    await turn()
    ask('owner', 'known')
    ask('newcomer', 'fresh')
    await turn()
    expect(refused()).toBe(69)
    await end('flood0')
    await end('owner')
    await end('newcomer')
    expect(began).toEqual(['flood0', 'owner', 'newcomer', 'flood1'])
  })

  it('[IDE-32] what fails makes room as well', async () => {
    const { work } = bench()
    const fail = () => work.run({ share: 'known', source: 'a' }, () => Promise.reject(new AppError({ kind: 'internal' })))
    for (let i = 0; i < 10; i++) await expect(fail()).rejects.toMatchObject({ problem: { kind: 'internal' } })
    await expect(work.run({ share: 'known', source: 'a' }, async () => 'done')).resolves.toBe('done')
  })
})
