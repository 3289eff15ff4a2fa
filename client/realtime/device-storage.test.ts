import { describe, expect, it } from 'vitest'
import { createDeviceStorage } from './device-storage.ts'
import { forgetOnDevice } from './earlier-release.ts'
import { type OldStorage, openDeviceStorage } from './open-device-storage.ts'
import { memoryDisk } from './testing/memory-device-storage.ts'
import { createTestClock } from './testing/test-clock.ts'

const settled = () => new Promise<void>((resolve) => setTimeout(resolve, 0))

/** The browser's Storage, as earlier releases used it. */
function oldStorage(content: Record<string, string>): OldStorage & { readonly content: Map<string, string> } {
  const kept = new Map(Object.entries(content))
  return {
    content: kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size
    },
  }
}

describe('what a device keeps', () => {
  it('[LIV-50] is read at once, and called kept only when it rests on the disk', async () => {
    const disk = memoryDisk()
    const storage = createDeviceStorage(new Map(), disk)
    const told: string[] = []
    storage.subscribe(() => told.push(storage.keeping()))
    const release = disk.hold()
    storage.setItem('a', '1')
    expect([storage.getItem('a'), storage.keeping(), disk.rests.size]).toEqual(['1', 'keeping', 0])
    await settled()
    expect(storage.keeping()).toBe('keeping')
    release()
    await settled()
    expect([...disk.rests]).toEqual([['a', '1']])
    expect(told).toEqual(['keeping', 'kept'])
  })

  it('[LIV-50] is written in the turn it is made in, not one moment later', async () => {
    const disk = memoryDisk()
    const storage = createDeviceStorage(new Map(), disk)
    for (const letter of 'abc') storage.setItem(letter, letter)
    await Promise.resolve()
    await Promise.resolve()
    expect([...disk.rests.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('[LIV-50] what the browser refuses is not called kept; it is written with what comes next, as it stands then', async () => {
    const disk = memoryDisk()
    const storage = createDeviceStorage(new Map(), disk)
    disk.refuses = true
    storage.setItem('a', 'old')
    await settled()
    expect(storage.keeping()).toBe('refused')
    storage.setItem('a', 'new')
    await settled()
    expect(storage.keeping()).toBe('refused')
    disk.refuses = false
    storage.setItem('b', '1')
    await settled()
    expect(Object.fromEntries(disk.rests)).toEqual({ a: 'new', b: '1' })
    expect(storage.keeping()).toBe('kept')
  })

  it('[LIV-50] a refusal that comes late overwrites nothing newer', async () => {
    const disk = memoryDisk()
    let fail: () => void = () => undefined
    let first = true
    const storage = createDeviceStorage(new Map(), {
      ...disk,
      write(changes) {
        if (!first) return disk.write(changes)
        first = false
        return new Promise((_, reject) => {
          fail = () => reject(new Error('gone'))
        })
      },
    })
    storage.setItem('a', 'old')
    await settled()
    storage.setItem('a', 'new')
    storage.removeItem('b')
    await settled()
    fail()
    await settled()
    expect([disk.rests.get('a'), storage.keeping()]).toEqual(['new', 'kept'])
  })
})

describe('opening what a device keeps', () => {
  const open = (disk: ReturnType<typeof memoryDisk>, old?: OldStorage) =>
    openDeviceStorage({ disk, old, timers: createTestClock() }, 'bitim:c:ada:')

  it('[LIV-51] brings over once, and whole, what an earlier release left of this person, and takes it away there', async () => {
    const disk = memoryDisk(new Map([['bitim:c:ada:heads', 'today']]))
    const old = oldStorage({
      'bitim:c:ada:heads': 'yesterday',
      'bitim:c:ada:draft:7': 'words',
      'bitim:c:eve:words': 'hers',
      'bitim.locale': 'kk',
    })
    const storage = await open(disk, old)
    expect([storage?.getItem('bitim:c:ada:heads'), storage?.getItem('bitim:c:ada:draft:7')]).toEqual(['today', 'words'])
    expect(disk.rests.get('bitim:c:ada:draft:7')).toBe('words')
    expect([...old.content.keys()]).toEqual(['bitim:c:eve:words', 'bitim.locale'])
    expect(storage?.keeping()).toBe('kept')
  })

  it.each([
    ['forbids it', true],
    ['never answers', false],
  ])('[LIV-51] where the browser %s it stays where it was, goes on from there, and nothing is promised', async (_, refuses) => {
    const disk = memoryDisk()
    const old = oldStorage({ 'bitim:c:ada:outbox:p1': 'left' })
    const clock = createTestClock()
    disk.refuses = refuses
    if (!refuses) disk.hold()
    const opening = openDeviceStorage({ disk, old, timers: clock }, 'bitim:c:ada:')
    await clock.wind(5_000)
    const storage = await opening
    expect([storage?.getItem('bitim:c:ada:outbox:p1'), storage?.keeping()]).toEqual(['left', 'refused'])
    storage?.setItem('bitim:c:ada:words:p2', 'more')
    await settled()
    expect([...old.content.keys()]).toEqual(['bitim:c:ada:outbox:p1', 'bitim:c:ada:words:p2'])
    expect(storage?.keeping()).toBe('refused')
  })

  it('[LIV-53] clearing leaves nothing of this person, whichever page or release wrote it, and all of everybody else', async () => {
    const disk = memoryDisk(new Map([['bitim:c:eve:words:p1', 'hers']]))
    const old = oldStorage({ 'bitim:c:eve:outbox:p9': 'hers' })
    const storage = await open(disk, old)
    storage?.setItem('bitim:c:ada:words:p1', 'mine')
    await settled()
    disk.rests.set('bitim:c:ada:words:p2', 'of another window')
    old.content.set('bitim:c:ada:words', 'of an old page')
    storage?.clear('bitim:c:ada:')
    await settled()
    expect([...disk.rests.keys(), ...old.content.keys()]).toEqual(['bitim:c:eve:words:p1', 'bitim:c:eve:outbox:p9'])
    expect(storage?.keys('bitim:c:ada:')).toEqual([])
  })

  it('[LIV-53] a device that turns out to be somebody else’s forgets what was kept, and nothing is made where nothing was', async () => {
    const disk = memoryDisk(new Map([['bitim:c:ada:words:p1', 'mine']]))
    const old = oldStorage({ 'bitim:c:ada:outbox:p9': 'of an earlier release' })
    const browserWith =
      (...names: string[]) =>
      () =>
        ({ databases: async () => names.map((name) => ({ name, version: 1 })) }) as IDBFactory // what is asked of it
    await forgetOnDevice({ disk, old, databases: browserWith('bitim') }, 'bitim:c:ada:')
    expect([disk.rests.size, old.content.size]).toEqual([0, 0])
    const untouched = { ...disk, clear: () => Promise.reject(new Error('made')) }
    await forgetOnDevice({ disk: untouched, old: undefined, databases: browserWith('another') }, 'bitim:c:ada:')
  })
})
