// What every DueStore keeps to (docs/spec/storage.md, STO-140 to STO-147).
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { LONGEST_HOLD_MS } from '#server/storage/longest-hold.ts'
import type { DueStep, DueStore, Storage } from '#server/storage/ports.ts'
import { bytes, type ContractSubject, HOSTILE_TEXTS, randomText, upTo } from './samples.ts'

const NOW = 1_792_000_000_000
const MINUTE = 60_000
const ALL = 1_000

export function registerDueContract(subject: ContractSubject): void {
  describe('due steps', () => {
    let storage: Storage | undefined
    let due: DueStore
    beforeEach(async () => {
      storage ??= await subject.open()
      due = storage.due
      // The suites share one database, and what is due is leased by whoever asks.
      for (const { id } of await storage.inspection.dueSteps('', ALL)) await due.cancel(id)
    })
    afterAll(() => storage?.close())

    const newStep = (at = NOW): DueStep => ({ id: randomText(), at, encrypted: bytes(60) })
    const leaseAt = (now: number, limit = ALL) => due.lease({ now, until: now + MINUTE, lease: randomText(), limit })
    const idsAt = async (now: number, limit?: number) => (await leaseAt(now, limit)).map(({ id }) => id)

    it('[STO-140] what is due is leased in the order of its times, so many at most, and nothing before its time', async () => {
      const steps = [30, 10, 20].map((after) => newStep(NOW + after))
      for (const step of steps) await due.schedule(step)
      const [third, first, second] = steps.map(({ id }) => id)
      expect(await due.nextAt()).toBe(NOW + 10)
      expect(await idsAt(NOW + 9)).toEqual([])
      expect(await idsAt(NOW + 30, 2)).toEqual([first, second])
      expect(await idsAt(NOW + 30)).toEqual([third])
      expect(await idsAt(NOW + 30)).toEqual([])
    })

    it('[STO-140] a step comes back as it was scheduled, and is gone once it is finished', async () => {
      const step = newStep()
      await due.schedule(step)
      const [leased] = await leaseAt(NOW)
      expect(leased).toEqual({ ...step, lease: expect.any(String), failures: 0 })
      expect(leased?.encrypted.constructor).toBe(Uint8Array)
      expect(leased && (await due.finish(leased))).toBe(true)
      expect(await idsAt(NOW + 10 * MINUTE)).toEqual([])
      expect(await due.nextAt()).toBeUndefined()
    })

    it('[STO-141] what was leased and not finished comes again when the lease is over, and the first lease is void', async () => {
      const step = newStep()
      await due.schedule(step)
      const [first] = await leaseAt(NOW)
      expect(await due.nextAt()).toBe(NOW + MINUTE)
      expect(await idsAt(NOW + MINUTE - 1)).toEqual([])
      const [second] = await leaseAt(NOW + MINUTE)
      expect(second?.id).toBe(step.id)
      expect(first && (await due.finish(first))).toBe(false)
      expect(first && (await due.giveBack(first, NOW))).toBe(false)
      expect(second && (await due.finish(second))).toBe(true)
    })

    it('[STO-142] scheduling replaces; whoever is at the old step can neither finish it nor give it back', async () => {
      const step = newStep()
      await due.schedule(step)
      const [leased] = await leaseAt(NOW)
      await due.schedule({ ...step, at: NOW + MINUTE, encrypted: bytes(61) })
      expect(leased && (await due.finish(leased))).toBe(false)
      expect(leased && (await due.finish(leased, newStep()))).toBe(false)
      expect(leased && (await due.giveBack(leased, NOW))).toBe(false)
      expect(await idsAt(NOW)).toEqual([])
      expect((await leaseAt(NOW + MINUTE))[0]?.encrypted).toHaveLength(61)
      await due.schedule({ ...step, at: NOW - MINUTE })
      expect(await idsAt(NOW)).toEqual([step.id])
    })

    it('[STO-142] cancelling removes it, also while somebody is at it; cancelling what is not there is harmless', async () => {
      const [step, other] = [newStep(), newStep(NOW + 1)]
      await due.schedule(step)
      await due.schedule(other)
      const [leased] = await leaseAt(NOW)
      await due.cancel(step.id)
      await due.cancel(step.id)
      expect(leased && (await due.giveBack(leased, NOW))).toBe(false)
      expect(await idsAt(NOW + 10 * MINUTE)).toEqual([other.id])
    })

    it('[STO-143] what failed is given back until a later time, and its failures are counted', async () => {
      const step = newStep()
      await due.schedule(step)
      const [leased] = await leaseAt(NOW)
      expect(leased && (await due.giveBack({ ...leased, failures: 3 }, NOW + 5 * MINUTE))).toBe(true)
      expect(await idsAt(NOW + 5 * MINUTE - 1)).toEqual([])
      expect((await leaseAt(NOW + 5 * MINUTE))[0]).toMatchObject({ id: step.id, at: NOW, failures: 3 })
    })

    it('[STO-143] a step that is to be done again takes the place of the one that is finished, as if it were new', async () => {
      const step = newStep()
      await due.schedule(step)
      const [leased] = await leaseAt(NOW)
      if (leased) await due.giveBack({ ...leased, failures: 1 }, NOW)
      const [again] = await leaseAt(NOW)
      const next = { ...step, at: NOW + MINUTE, encrypted: bytes(62) }
      expect(again && (await due.finish(again, next))).toBe(true)
      expect(await idsAt(NOW)).toEqual([])
      expect((await leaseAt(NOW + MINUTE))[0]).toMatchObject({ ...next, failures: 0 })
    })

    it('[STO-144] of several who ask at once each step is leased by one', async () => {
      const steps = upTo(40).map((after) => newStep(NOW + after))
      await Promise.all(steps.map((step) => due.schedule(step)))
      const leased = (await Promise.all(upTo(8).map(() => leaseAt(NOW + 100, 10)))).flat()
      const rest = await leaseAt(NOW + 100)
      expect([...leased, ...rest].map(({ id }) => id).sort()).toEqual(steps.map(({ id }) => id).sort())
    })

    it('[STO-144] of two who schedule one step at once one prevails', async () => {
      const step = newStep()
      await Promise.all(upTo(5).map((after) => due.schedule({ ...step, at: NOW + after })))
      expect(await idsAt(NOW + 10)).toEqual([step.id])
    })

    it('[STO-145] a lease from a clock that was ahead holds nobody up, and a step for later does not come early by that', async () => {
      const [step, later] = [newStep(), newStep(NOW + 400 * 86_400_000)]
      await due.schedule(step)
      await due.schedule(later)
      await leaseAt(NOW + 200 * 86_400_000)
      expect(await idsAt(NOW)).toEqual([step.id])
      const [mine] = await leaseAt(NOW + LONGEST_HOLD_MS)
      if (mine) await due.giveBack(mine, NOW + 2 * LONGEST_HOLD_MS)
      expect(await idsAt(NOW + LONGEST_HOLD_MS + 1)).toEqual([])
    })

    it('[STO-146] hostile text as an id is only text; an object is refused', async () => {
      for (const text of HOSTILE_TEXTS) {
        const step = { ...newStep(), id: `${text}${randomText()}` }
        await due.schedule(step)
        expect(await idsAt(NOW)).toEqual([step.id])
        await due.cancel(step.id)
      }
      const operator = { $gt: '' } as unknown as string // what a forgotten check would hand in
      await due.schedule(newStep())
      await expect(due.schedule({ ...newStep(), id: operator })).rejects.toThrow()
      await expect(due.cancel(operator)).rejects.toThrow()
      await expect(due.finish({ id: operator, lease: operator })).rejects.toThrow()
      expect(await idsAt(NOW)).toHaveLength(1)
    })

    it('[STO-103] due steps are listed page by page, whoever is at them', async () => {
      const steps = upTo(5).map(() => newStep())
      for (const step of steps) await due.schedule(step)
      await leaseAt(NOW, 2)
      const found: DueStep[] = []
      for (;;) {
        const page = (await storage?.inspection.dueSteps(found.at(-1)?.id ?? '', 2)) ?? []
        found.push(...page)
        if (page.length < 2) break
      }
      const byId = (a: DueStep, b: DueStep) => (a.id < b.id ? -1 : 1)
      expect(found).toEqual(steps.sort(byId))
    })
  })
}
