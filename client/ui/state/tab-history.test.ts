import { describe, expect, it } from 'vitest'
import { createTabHistory } from './tab-history.ts'

/** A browser's history: the entry before ours, ours, and walks that arrive later. */
function tab() {
  let entries: unknown[] = [{ outside: true }, null]
  let at = 1
  let walk: (() => void) | undefined
  const listeners: (() => void)[] = []
  const history = {
    get state() {
      return entries[at]
    },
    pushState(state: unknown) {
      entries = [...entries.slice(0, ++at), structuredClone(state)]
    },
    replaceState(state: unknown) {
      entries[at] = structuredClone(state)
    },
    go(by = 0) {
      walk = () => {
        if (at + by < 0 || at + by >= entries.length) return
        at += by
        for (const listener of listeners) listener()
      }
    },
  }
  const arrived = async () => {
    await Promise.resolve()
    while (walk) {
      const go = walk
      walk = undefined
      go()
      await Promise.resolve()
    }
  }
  return {
    tab: { history, addEventListener: (_: 'popstate', listener: () => void) => void listeners.push(listener) },
    arrived,
    depth: () => at,
    isOutside: () => at === 0,
    async press(by: -1 | 1) {
      history.go(by)
      await arrived()
    },
  }
}

const place = (level: number, name = '') => ({ level, name })

async function opened() {
  const browser = tab()
  const here = createTabHistory(browser.tab)
  let shown = place(0)
  here.subscribe(() => {
    shown = (here.place() as typeof shown | undefined) ?? place(0)
  })
  const go = (level: number, name = '') => {
    const before = shown
    shown = place(level, name)
    here.go(before.level, level, shown)
  }
  return { browser, here, go, shown: () => shown }
}

describe('Back and Forward', () => {
  it('[UI-95] from the draft to the room, from the room to all together, and only then out; forward the same way', async () => {
    const { browser, go, shown } = await opened()
    go(1, 'caucus')
    go(2, 'draft')
    const walked: unknown[] = []
    for (const by of [-1, -1, 1, 1] as const) {
      await browser.press(by)
      walked.push(shown())
    }
    expect(walked).toEqual([place(1, 'caucus'), place(0), place(1, 'caucus'), place(2, 'draft')])
    for (let presses = 0; presses < 3; presses++) await browser.press(-1)
    expect(browser.isOutside()).toBe(true)
  })

  it('[UI-95] to and fro makes no stack, however quick', async () => {
    const { browser, go, shown } = await opened()
    for (let times = 0; times < 20; times++) {
      go(2, times % 2 ? 'draft' : 'help')
      if (times % 3 === 0) await browser.arrived()
      go(0)
    }
    await browser.arrived()
    expect([browser.depth(), shown()]).toEqual([1, place(0)])
    go(2, 'draft')
    await browser.press(-1)
    expect([browser.depth(), shown()]).toEqual([1, place(0)])
  })

  it('[UI-96] puts away what lies over the page and nothing else; what was put away by hand leaves no entry', async () => {
    const { browser, here, go, shown } = await opened()
    go(2, 'draft')
    const closed: string[] = []
    here.cover(() => closed.push('dialog'))
    await browser.arrived()
    expect(browser.depth()).toBe(3)
    await browser.press(-1)
    expect([closed, browser.depth(), shown()]).toEqual([['dialog'], 2, place(2, 'draft')])
    const gone = here.cover(() => closed.push('never'))
    await browser.arrived()
    gone()
    await browser.arrived()
    expect([closed.length, browser.depth()]).toEqual([1, 2])
    await browser.press(1) // to the entry of a dialog that is no more
    expect([browser.depth(), shown()]).toEqual([2, place(2, 'draft')])
  })

  it('[UI-96] a dialog that leads into another place leaves that place in its stead', async () => {
    const { browser, here, go, shown } = await opened()
    const gone = here.cover(() => undefined)
    await browser.arrived()
    go(1, 'caucus')
    gone()
    await browser.arrived()
    expect([browser.depth(), here.place()]).toEqual([2, place(1, 'caucus')])
    await browser.press(-1)
    expect([browser.depth(), shown()]).toEqual([1, place(0)])
  })

  it('[UI-95] whatever is done, the entry is the place shown, no more entries than levels, and Back never goes deeper', async () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { browser, here, go, shown } = await opened()
      let covers: (() => void)[] = []
      let number = seed
      const random = (below: number) => {
        number = (number * 1_103_515_245 + 12_345) % 2_147_483_648
        return Math.floor((number / 2_147_483_648) * below)
      }
      for (let step = 0; step < 30; step++) {
        const act = random(8)
        if (act < 4) go(random(3), String(random(3)))
        else if (act === 4) {
          const cover = () => {
            covers = covers.filter((each) => each !== release)
          }
          const release = here.cover(cover)
          covers.push(release)
        } else if (act === 5) covers.pop()?.()
        else if (act === 6) await browser.arrived()
        else {
          await browser.arrived()
          const [before, over, depth] = [shown(), covers.length, browser.depth()]
          if (depth === 1) continue
          await browser.press(-1)
          expect(covers.length, `seed ${seed}`).toBe(Math.max(0, over - 1))
          if (over > 0) expect(shown(), `seed ${seed}`).toEqual(before)
          else expect(shown().level, `seed ${seed}`).toBeLessThan(before.level)
        }
      }
      await browser.arrived()
      expect(here.place() ?? place(0), `seed ${seed}`).toEqual(shown())
      expect(browser.depth(), `seed ${seed}`).toBeLessThanOrEqual(3 + covers.length)
    }
  })
})
