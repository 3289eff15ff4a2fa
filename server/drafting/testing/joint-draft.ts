// A settlement with the mediator and both sides in it, over a log of its own, under a clock that stands still until the test moves it.
import { Device, person } from './device.ts'
import { DraftLog } from './draft-log.ts'
import { CASE, memoryStorage, testServer } from './drafting-server.ts'
import { AIGUL, BEREKE, DALA, MEDIATOR, PAVEL } from './supply-case.ts'

/** A clock and timers that stand still until the test moves them. */
function standingTime() {
  let now = 1_792_000_000_000
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    clock: { now: () => now },
    timers: {
      after(milliseconds: number, run: () => void) {
        const one = { at: now + milliseconds, run }
        waiting.add(one)
        return () => void waiting.delete(one)
      },
    },
    /** What is still to ring is silent. */
    stop: () => waiting.clear(),
    async pass(milliseconds: number) {
      const until = now + milliseconds
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        waiting.delete(next)
        now = Math.max(now, next.at)
        next.run()
        await settled()
      }
      now = until
    },
  }
}
export async function settled() {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve))
}

export async function joint() {
  const storage = memoryStorage()
  const log = new DraftLog()
  const time = standingTime()
  const more = { ...log.deps, clock: time.clock, timers: time.timers }
  const server = testServer(storage.drafts, storage.files, more)
  const [mediator, aigul, pavel] = [person(MEDIATOR), person(AIGUL, BEREKE), person(PAVEL, DALA)].map((each) => new Device(each)) as [
    Device,
    Device,
    Device,
  ] // three people
  for (const device of [mediator, aigul, pavel]) await device.connect(server)
  return { storage, log, time, more, server, mediator, aigul, pavel }
}
export type Joint = Awaited<ReturnType<typeof joint>>

/** Pavel presses beside the newest large deletion, and the server brings it back. */
export async function undoNewest({ log, server }: Joint): Promise<void> {
  const [deletion] = log.restoring.deletions.slice(-1)
  if (!deletion) throw new Error('a deletion was told')
  const { deletionId, revision } = deletion
  log.asks({ way: 'undo-deletion', restorationId: deletionId as never, deletionId, revision }, PAVEL) // undone under its own id
  await server.settle(CASE)
  await settled()
}
