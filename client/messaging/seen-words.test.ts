// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { watchSeen } from './seen-words.ts'
import { layOut } from './testing/lay-out.ts'

let stop: () => void = () => undefined
afterEach(() => {
  stop()
  document.body.replaceChildren()
  vi.restoreAllMocks()
})

const visibility = (state: 'visible' | 'hidden') => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(state)
  document.dispatchEvent(new Event('visibilitychange'))
}

/** A conversation of five lines in its scroller; what was seen of it, from a number on. */
function conversation(laid: Parameters<typeof layOut>[0], after = 0) {
  const scroller = document.createElement('div')
  scroller.className = 'ui-scroll'
  const box = document.createElement('section')
  for (const seq of [1, 2, 3, 4, 5]) {
    const line = document.createElement('article')
    line.dataset.seq = String(seq)
    box.append(line)
  }
  scroller.append(box)
  document.body.append(scroller)
  layOut(laid)
  const seen: number[] = []
  const watch = watchSeen(box, { after: () => Math.max(after, ...seen), saw: (seq) => seen.push(seq) })
  stop = watch.stop
  watch.look()
  return { seen, watch, box }
}

describe('words are seen', () => {
  it.each<[string, Parameters<typeof layOut>[0], number[]]>([
    ['where all lie on the screen: the last', {}, [5]],
    ['where the rest lies below: the last that is whole', { tops: { 3: 580, 4: 620, 5: 660 } }, [2]],
    ['where all lie below: none', { tops: { 1: 700, 2: 740, 3: 780, 4: 820, 5: 860 } }, []],
    ['where the last is higher than the screen, and its beginning is shown', { tops: { 5: 200 }, heights: { 5: 2_000 } }, [5]],
    ['where only an edge of it is shown: not yet', { tops: { 5: 500 }, heights: { 5: 2_000 } }, [4]],
    ['where it is not laid out, as behind another tab: none', { heights: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 } }, []],
    ['where something lies over it: none', { covered: () => true }, []],
  ])('[LIV-73] %s', (_where, laid, expected) => {
    expect(conversation(laid).seen).toEqual(expected)
  })

  it('[LIV-73] only on a page that is shown, and as soon as it is', () => {
    vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const { seen } = conversation({})
    expect(seen).toEqual([])
    visibility('visible')
    expect(seen).toEqual([5])
  })

  it('[LIV-73] when they are scrolled to, and when what lay over them is gone', () => {
    let covered = true
    const { seen, box } = conversation({ covered: () => covered })
    box.dispatchEvent(new Event('scroll'))
    expect(seen).toEqual([])
    covered = false
    box.dispatchEvent(new Event('focusin', { bubbles: true }))
    expect(seen).toEqual([5])
  })

  it('[LIV-73] once: what was seen is not looked at again', () => {
    const { seen, watch } = conversation({}, 5)
    watch.look()
    expect(seen).toEqual([])
  })
})
