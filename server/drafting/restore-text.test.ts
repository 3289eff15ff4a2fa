import { describe, expect, it } from 'vitest'
import { blockElements, textOf } from '#shared/document/yjs-document.ts'
import { asId, type RestorationId } from '#shared/kernel/ids.ts'
import { Device, person } from './testing/device.ts'
import { DraftLog } from './testing/draft-log.ts'
import { CASE, memoryStorage, PLACE, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, MEDIATOR, PAVEL } from './testing/supply-case.ts'

const RESTORATION = asId<RestorationId>('restoration'.padEnd(21, '0').concat('A'))
const documentId = PLACE.documentId

/** A clock and timers that stand still until the test moves them. */
function movable() {
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
async function settled() {
  for (let i = 0; i < 30; i++) await new Promise((resolve) => setImmediate(resolve))
}

async function setting() {
  const storage = memoryStorage()
  const log = new DraftLog()
  const time = movable()
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
type Setting = Awaited<ReturnType<typeof setting>>

/** Aigul writes, minutes pass, the text is saved; answers the number of that state. */
async function savedState({ time, aigul, mediator }: Setting, words = 'Долг 1 840 000 ₸.'): Promise<number> {
  aigul.type(words)
  await aigul.flush()
  await time.pass(200_000)
  aigul.type(' До 1 декабря.')
  await aigul.flush()
  await time.pass(5_000)
  const { states } = await mediator.sessions.states({ documentId })
  return states.at(-1)?.revision ?? 0
}

describe('saved states', () => {
  it('[DRA-153] are listed to the mediator with time, cause and authors, and read in the words that stood there', async () => {
    const made = await setting()
    const revision = await savedState(made)
    const { states } = await made.mediator.sessions.states({ documentId })
    expect(states).toEqual([{ revision: made.aigul.u, at: made.time.clock.now() - 3_000, cause: 'minutes', authors: [AIGUL] }])
    const { blocks } = await made.mediator.sessions.state({ documentId, revision })
    expect(JSON.stringify(blocks)).toBe(made.aigul.text)
    expect(await made.server.savedStates(CASE)).toEqual([revision])
  })

  it('[DRA-153] everybody else is answered as to what does not exist', async () => {
    const made = await setting()
    const revision = await savedState(made)
    for (const device of [made.aigul, made.pavel]) {
      await expect(device.sessions.states({ documentId })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
      await expect(device.sessions.state({ documentId, revision })).rejects.toMatchObject({ problem: { kind: 'not-found' } })
    }
  })
})

describe('bringing a saved state back', () => {
  it('[DRA-155] its words stand in the text again, for everybody; what others write meanwhile stays', async () => {
    const made = await setting()
    const { log, server, aigul, pavel } = made
    const revision = await savedState(made)
    const was = aigul.text
    for (const element of blockElements(aigul.fragment).slice(3)) textOf(element)?.delete(0, textOf(element)?.length ?? 0)
    await aigul.flush()
    log.asks({ way: 'bring-back', restorationId: RESTORATION, revision })
    pavel.type('Павел пишет. ', 0)
    await Promise.all([server.settle(CASE), pavel.flush()])
    expect(log.restoring).toMatchObject({ pending: undefined, last: { outcome: { revision: expect.any(Number) } } })
    expect(aigul.text).toBe(pavel.text)
    expect(aigul.text.replace('Павел пишет. ', '')).toBe(was)
    expect(aigul.text).toContain('Павел пишет. ')
  })
})
