import { describe, expect, it } from 'vitest'
import { setClock } from '#server/testing/clock.ts'
import { AppError } from '#shared/kernel/errors.ts'
import { boundedLevels } from './bounded-levels.ts'
import { type Attempt, createLimits, type GuessingLimit } from './limits.ts'

const slow = { free: 3, firstMs: 4_000, mostMs: 60_000, forgetMs: 100_000 }
const guessable: GuessingLimit = {
  name: 'guessable',
  reason: 'guess/slow-down',
  failures: ['guess/wrong'],
  address: { ...slow, free: 10 },
  pair: slow,
  alarm: { failures: 20, forgetMs: 100_000 },
}
const open: GuessingLimit = { name: 'open', reason: 'guess/slow-down', failures: ['guess/wrong'], address: slow, unguessable: true }
const wrong = () => Promise.reject(new AppError({ kind: 'forbidden', reason: 'guess/wrong' }))
const right = async () => 'in'

function fixture() {
  const stopwatch = setClock()
  const limits = createLimits({ stopwatch })
  /** The seconds to wait; 0: was tried; -1: got in. */
  async function tries(who: Attempt, run: () => Promise<unknown> = wrong, at = guessable): Promise<number> {
    try {
      await limits.attempt(at, who, run)
      return -1
    } catch (error) {
      return error instanceof AppError && error.problem.kind === 'too-many' ? Number(error.problem.details?.seconds) : 0
    }
  }
  return { stopwatch, limits, tries }
}

const here = { address: '203.0.113.1', target: 'one' }

describe('a guessing limit', () => {
  it('[HTTP-13] each failure beyond the free ones makes the next wait longer, up to a most; waiting frees', async () => {
    const { stopwatch, tries } = fixture()
    const waits: number[] = []
    for (let i = 0; i < 9; i++) {
      expect(await tries(here)).toBe(0)
      const wait = await tries(here)
      if (wait === 0) continue
      waits.push(wait)
      stopwatch.pass(wait * 1000)
    }
    expect(waits.slice(0, 3)).toEqual([4, 8, 16])
    expect(Math.max(...waits)).toBe(60)
    stopwatch.pass(3_600_000)
    expect([await tries(here), await tries(here)]).toEqual([0, 0])
  })

  it('[HTTP-21] only failures count: neither what was right, nor what the server could not do, nor what came too soon', async () => {
    const { limits, stopwatch, tries } = fixture()
    const broken = () => Promise.reject(new AppError({ kind: 'unavailable' }))
    for (let i = 0; i < 50; i++) expect([await tries(here, right), await tries(here, broken)]).toEqual([-1, 0])
    expect(limits.kept()).toBe(0)
    for (let i = 0; i < 70; i++) await tries(here)
    stopwatch.pass(4_000)
    expect(await tries(here, right)).toBe(-1)
    expect(await tries(here)).toBe(0)
  })

  it('[HTTP-21] a hundred tries at once are not one try', async () => {
    const { tries } = fixture()
    const tried = await Promise.all(Array.from({ length: 100 }, () => tries(here)))
    expect(tried.filter((wait) => wait === 0)).toHaveLength(3)
  })

  it('[HTTP-22] what others failed from elsewhere stops neither a right secret from a fresh network nor a known device from anywhere', async () => {
    const { stopwatch, tries } = fixture()
    for (let i = 0; i < 1_000; i++) await tries({ ...here, address: `198.51.${i >> 8}.${i & 255}` })
    for (let i = 0; i < 50; i++) await tries(here)
    expect(await tries({ ...here, device: 'known' }, right)).toBe(-1)
    expect(await tries({ ...here, address: '192.0.2.7' }, right)).toBe(-1)
    // Under alarm a network has one try, then it waits.
    expect([await tries({ ...here, address: '192.0.2.8' }), await tries({ ...here, address: '192.0.2.8' })]).toEqual([0, 4])
    // Even from the stranger's own network it is a matter of seconds.
    stopwatch.pass(60_000)
    expect(await tries(here, right)).toBe(-1)
  })

  it('[HTTP-22] what a known device fails makes only that device wait', async () => {
    const { tries } = fixture()
    for (let i = 0; i < 10; i++) await tries({ ...here, device: 'stolen' })
    expect(await tries({ ...here, device: 'stolen' })).toBeGreaterThan(0)
    expect(await tries({ ...here, device: 'other' }, right)).toBe(-1)
    expect(await tries(here, right)).toBe(-1)
  })

  it('[HTTP-22] a secret that nobody guesses is let through from where everything failed', async () => {
    const { limits, tries } = fixture()
    for (let i = 0; i < 20; i++) await tries({ address: here.address }, wrong, open)
    expect(await tries({ address: here.address }, wrong, open)).toBeGreaterThan(0)
    expect(await tries({ address: here.address }, right, open)).toBe(-1)
    expect(limits.kept()).toBe(1)
  })

  it('[HTTP-13] acts of somebody proven are counted apart by name and key, and are free again after their time', () => {
    const { limits, stopwatch } = fixture()
    const rate = { points: 2, seconds: 60 }
    const act = (name: string, key: string) => limits.act(name, key, rate)
    act('link', 'a')
    act('link', 'a')
    expect(() => act('link', 'a')).toThrow(expect.objectContaining({ problem: { kind: 'too-many', details: { seconds: 30 } } }))
    act('link', 'b')
    act('code', 'a')
    stopwatch.pass(30_000)
    act('link', 'a')
  })
})

describe('the counts', () => {
  it('[HTTP-23] are of a bounded number of keys, whatever is made up', async () => {
    const { limits, tries } = fixture()
    for (let i = 0; i < 60_000; i++) await tries({ address: `2001:db8:${i.toString(16)}`, target: `made up ${i}` })
    expect(limits.kept()).toBe(20_000)
  })

  it('[HTTP-23] a flood of new keys pushes out its own kind: the attacked secret stays counted, and newcomers are counted too', () => {
    const stopwatch = setClock()
    const levels = boundedLevels({ stopwatch, maxKeys: 1_000 })
    for (let i = 0; i < 30; i++) levels.raise('attacked', 3_600_000)
    for (let i = 0; i < 50_000; i++) levels.raise(`flood ${i}`, 3_600_000)
    expect(levels.kept()).toBe(1_000)
    expect(levels.read('attacked').level).toBeGreaterThan(29)
    expect(levels.read('flood 49999').level).toBe(1)
    // Not even keys that failed several times each push it out.
    for (let i = 0; i < 20_000; i++) levels.raise(`warm ${i >> 2}`, 3_600_000)
    expect(levels.read('attacked').level).toBeGreaterThan(29)
  })

  it('[HAR-43] a clock that runs back locks nobody out, one that runs on forgives', () => {
    const clock = setClock()
    const levels = boundedLevels({ stopwatch: { elapsed: () => clock.now() }, maxKeys: 10 })
    for (let i = 0; i < 5; i++) levels.raise('key', 1_000)
    clock.jump(-365 * 86_400_000)
    expect(levels.read('key').level).toBe(5)
    clock.pass(3_000)
    expect(levels.read('key').level).toBe(2)
    clock.jump(86_400_000)
    expect(levels.read('key').level).toBe(0)
  })
})
