import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { DraftAppendAnswer, DraftEntry, DraftStore } from '#server/storage/ports.ts'
import { Device, participant, person } from './testing/device.ts'
import { memoryStorage, PLACE, testServer } from './testing/drafting-server.ts'
import { BEREKE } from './testing/supply-case.ts'

const PEOPLE = 4
const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

type Step =
  | { readonly do: 'type'; readonly who: number; readonly at: number; readonly text: string }
  | { readonly do: 'delete'; readonly who: number; readonly at: number }
  | { readonly do: 'flush'; readonly who: number }
  | { readonly do: 'resend'; readonly who: number }
  | { readonly do: 'cut'; readonly who: number }
  | { readonly do: 'connect'; readonly who: number; readonly server: number }
  | { readonly do: 'poll'; readonly server: number }

const who = fc.nat(PEOPLE - 1)
const server = fc.nat(1)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ do: fc.constant('type' as const), who, at: fc.nat(), text: fc.constantFrom('а', 'ә', 'қол', ' ', '№ 7', '😀') }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('delete' as const), who, at: fc.nat() }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('flush' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resend' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cut' as const), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), who, server }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('poll' as const), server }) },
)

/** Loses answers: what it says is unknown has landed about half of the time. */
function forgetful(store: DraftStore, seed: number): DraftStore {
  let calls = seed
  return {
    ...store,
    async append(entries: readonly DraftEntry[]): Promise<readonly DraftAppendAnswer[]> {
      calls++
      if (calls % 7 === 3) return entries.map(() => 'unknown')
      const answers = await store.append(entries)
      return calls % 7 === 5 ? entries.map(() => 'unknown') : answers
    },
  }
}

function wholeCharacter(device: Device, at: number): number {
  const text = device.paragraph().toString()
  const place = at % (text.length + 1)
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place + 1 : place
}

/** The retry was answered with the number of the other's edit before that was stored, and the connection was cut before it came. */
const RETRY_BEHIND_ANOTHERS_EDIT: Step[] = [
  { do: 'type', who: 1, at: 0, text: 'а' },
  { do: 'flush', who: 3 },
  { do: 'flush', who: 1 },
  { do: 'resend', who: 1 },
  { do: 'type', who: 3, at: 0, text: 'а' },
  { do: 'connect', who: 0, server: 0 },
  { do: 'cut', who: 1 },
]

describe('any history of edits, cuts, retries and two servers', () => {
  it('[DRA-20] ends with the same text on every device and in the store, and nothing typed is lost', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 90 }), fc.nat(6), async (steps, seed) => {
        const storage = memoryStorage()
        const store = forgetful(storage.drafts, seed)
        const servers = [testServer(store, storage.files), testServer(store, storage.files)] as const
        open.push(async () => {
          for (const each of servers) await each.close()
          await storage.close()
        })
        const devices = Array.from({ length: PEOPLE }, (_, i) => new Device(person(participant(`p${i}`), BEREKE)))
        const connected = new Set<number>()
        const pending: Promise<unknown>[] = []
        for (const device of devices) await device.connect(servers[0])
        for (const i of devices.keys()) connected.add(i)
        for (const each of steps) {
          if (each.do === 'poll') {
            pending.push(servers[each.server === 0 ? 0 : 1].notice(PLACE, Number.MAX_SAFE_INTEGER))
            continue
          }
          const device = devices[each.who]
          if (!device) continue
          if (each.do === 'type') {
            device.type(each.text, wholeCharacter(device, each.at))
          } else if (each.do === 'delete') {
            const text = device.paragraph()
            // Editors delete whole characters: half of a pair of surrogates would be another character on each device.
            const at = each.at % Math.max(1, text.length)
            if (text.length > 0 && !/[\ud800-\udfff]/.test(text.toString().charAt(at))) text.delete(at, 1)
          } else if (each.do === 'flush') {
            if (connected.has(each.who)) pending.push(device.flush().catch(() => undefined))
          } else if (each.do === 'resend') {
            const [first] = device.unsent
            if (connected.has(each.who) && first) {
              pending.push(device.send(first, { generation: 1 }).catch(() => undefined))
            }
          } else if (each.do === 'cut') {
            device.cut()
            connected.delete(each.who)
          } else {
            device.cut()
            await device.connect(servers[each.server === 0 ? 0 : 1])
            connected.add(each.who)
          }
        }
        await Promise.all(pending)
        for (const device of devices) {
          device.cut()
          await device.connect(servers[0])
          while (device.unsent.length > 0) await device.flush()
        }
        await servers[0].notice(PLACE, Number.MAX_SAFE_INTEGER)
        const late = new Device(person(participant('late')))
        await late.connect(testServer(storage.drafts, storage.files))
        const stored = Y.decodeStateVector(Y.encodeStateVector(late.doc))
        for (const { doc, text } of devices) {
          expect(text).toBe(late.text)
          expect(stored.get(doc.clientID) ?? 0).toBe(Y.decodeStateVector(Y.encodeStateVector(doc)).get(doc.clientID) ?? 0)
        }
        const entries = await storage.drafts.read(PLACE, 0, 10_000)
        expect(entries.map((entry) => entry.revision)).toEqual(entries.map((_, index) => (entries[0]?.revision ?? 1) + index))
        for (const each of servers) expect(each.troubles).toEqual([])
      }),
      { numRuns: 40, examples: [[RETRY_BEHIND_ANOTHERS_EDIT, 4]] },
    )
  }, 60_000)
})
