import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { Device, person } from './testing/device.ts'
import { memoryStorage, PLACE, testServer } from './testing/drafting-server.ts'
import { AIGUL, BEREKE, DALA, MEDIATOR, PAVEL } from './testing/supply-case.ts'

type Patch = readonly [position: number, deleted: number, inserted: string]
interface Concurrent {
  readonly endContent: string
  readonly txns: readonly { readonly agent: number; readonly parents: readonly number[]; readonly patches: readonly Patch[] }[]
}

function trace<T>(name: string): T {
  return JSON.parse(gunzipSync(readFileSync(new URL(`../../bench/traces/${name}.json.gz`, import.meta.url))).toString()) as T // by its README
}

/** Many keys at once, as many as are written while one edit is under way. */
const AT_ONCE = 40

describe('recorded sessions', () => {
  it('[DRA-21] a component of 18,000 keystrokes by one author arrives letter by letter as it was recorded', async () => {
    const { txns, endContent } = trace<{ endContent: string; txns: readonly { patches: readonly Patch[] }[] }>('sveltecomponent')
    const storage = memoryStorage()
    const server = testServer(storage.drafts, storage.files)
    const author = new Device(person(AIGUL, BEREKE))
    const reader = new Device(person(MEDIATOR))
    await author.connect(server)
    await reader.connect(server)
    const text = author.paragraph()
    text.delete(0, text.length)
    for (const [index, { patches }] of txns.entries()) {
      for (const [position, deleted, inserted] of patches) {
        if (deleted > 0) text.delete(position, deleted)
        if (inserted !== '') text.insert(position, inserted)
      }
      if (index % AT_ONCE === 0) await author.flush()
    }
    await author.flush()
    expect(reader.paragraph().toString()).toBe(endContent)
    await vi.waitFor(async () => expect((await storage.drafts.snapshot(PLACE))?.revision).toBe(author.revision), { timeout: 15_000 })
    const late = new Device(person(PAVEL, DALA))
    await late.connect(testServer(storage.drafts, storage.files))
    expect(late.paragraph().toString()).toBe(endContent)
    expect((await storage.drafts.snapshot(PLACE))?.encrypted.length).toBeLessThan(60 * 1024)
  }, 60_000)

  it('[DRA-21] two authors at once, each on a server of their own, end with the same text of the recorded length', async () => {
    const { txns } = trace<Concurrent>('friendsforever.concurrent')
    const storage = memoryStorage()
    const servers = [testServer(storage.drafts, storage.files), testServer(storage.drafts, storage.files)] as const
    const authors = [new Device(person(AIGUL, BEREKE)), new Device(person(PAVEL, DALA))] as const
    await authors[0].connect(servers[0])
    await authors[1].connect(servers[1])
    for (const [index, { agent, patches }] of txns.slice(0, 6_000).entries()) {
      const author = authors[agent % 2 === 0 ? 0 : 1]
      const text = author.paragraph()
      for (const [position, deleted, inserted] of patches) {
        const at = Math.min(position, text.length)
        if (deleted > 0) text.delete(at, Math.min(deleted, text.length - at))
        if (inserted !== '') text.insert(Math.min(at, text.length), inserted)
      }
      if (index % AT_ONCE === 0) await Promise.all(authors.map((each) => each.flush()))
      if (index % (AT_ONCE * 5) === 0) await Promise.all(servers.map((server) => server.notice(PLACE, Number.MAX_SAFE_INTEGER)))
    }
    await Promise.all(authors.map((author) => author.flush()))
    await Promise.all(servers.map((server) => server.notice(PLACE, Number.MAX_SAFE_INTEGER)))
    expect(authors[0].text).toBe(authors[1].text)
    expect(authors[0].paragraph().length).toBeGreaterThan(1000)
  }, 60_000)
})
