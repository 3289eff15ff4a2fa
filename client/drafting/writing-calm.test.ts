import { describe, expect, it } from 'vitest'
import { makeWritingCalm } from './writing-calm.ts'

function calm() {
  const passed: number[] = []
  let due: readonly { readonly at: number; readonly run: () => void }[] = []
  const timers = {
    after(at: number, run: () => void) {
      const mine = { at, run }
      due = [...due, mine]
      return () => {
        due = due.filter((each) => each !== mine)
      }
    },
  }
  const made = makeWritingCalm<number>({ timers, pass: (frame) => passed.push(frame) })
  const first = () => due.toSorted((a, b) => a.at - b.at)[0]
  const over = (timer: ReturnType<typeof first>) => {
    due = due.filter((each) => each !== timer)
    timer?.run()
  }
  return {
    made,
    passed,
    timeOver: () => over(first()),
    longOver: () => over(due.find(({ at }) => at === 20_000)),
    waits: () => first()?.at,
    left: () => due.length,
  }
}

describe('[DRA-77] words of others while somebody points into the text', () => {
  it('[DRA-77] wait until the click has been read, and come in their order', () => {
    const { made, passed, timeOver, waits } = calm()
    made.receive(1)
    made.pointerDown()
    made.receive(2)
    made.receive(3)
    expect(passed).toEqual([1])
    made.pointerUp()
    made.receive(4)
    expect(waits()).toBeLessThanOrEqual(100)
    timeOver()
    made.receive(5)
    expect(passed).toEqual([1, 2, 3, 4, 5])
  })

  it('[DRA-77] do not wait for ever for a pointer that is never lifted', () => {
    const { made, passed, timeOver, waits } = calm()
    made.pointerDown()
    made.receive(1)
    expect(waits()).toBeLessThanOrEqual(2_000)
    timeOver()
    expect(passed).toEqual([1])
  })
})

describe('[DRA-240] words of others while a word is being composed', () => {
  it('[DRA-240] wait until it is done, however often the keyboard goes on with it, and come in their order', () => {
    const { made, passed, timeOver, waits } = calm()
    made.composing()
    made.receive(1)
    made.composing()
    made.receive(2)
    expect(waits()).toBe(3_000)
    made.composed()
    expect(waits()).toBeLessThanOrEqual(100)
    made.composing() // the next word has begun before the last one was read
    expect(waits()).toBe(3_000)
    expect(passed).toEqual([])
    made.composed()
    timeOver()
    made.receive(3)
    expect(passed).toEqual([1, 2, 3])
  })

  it('[DRA-240] are taken after three seconds in which the keyboard does nothing with a word that it holds open', () => {
    const { made, passed, timeOver, waits } = calm()
    made.composing()
    made.receive(1)
    expect(waits()).toBe(3_000)
    timeOver()
    expect(passed).toEqual([1])
    made.receive(2)
    made.composing()
    made.receive(3)
    expect(passed).toEqual([1, 2])
  })

  it('[DRA-240] wait for the word also where somebody presses into it meanwhile', () => {
    const { made, waits } = calm()
    made.composing()
    made.pointerDown()
    made.pointerUp()
    expect(waits()).toBe(3_000)
    made.composed()
    expect(waits()).toBeLessThanOrEqual(100)
  })

  it('[DRA-307] come in at the next end of a word where words have followed one another for long without a moment between them', () => {
    const { made, passed, timeOver, longOver, waits, left } = calm()
    made.composing()
    made.receive(1)
    for (let word = 0; word < 9; word++) {
      made.composed()
      made.composing()
    }
    longOver()
    expect(passed).toEqual([])
    made.composed()
    expect(waits()).toBeLessThanOrEqual(100)
    made.composing()
    expect(waits()).toBeLessThanOrEqual(100)
    timeOver()
    expect(passed).toEqual([1])
    expect(left()).toBe(0)
    made.composing() // of the word that has begun
    made.receive(2)
    expect(passed).toEqual([1])
  })

  it('[DRA-307] come in also where one word never ends', () => {
    const { made, passed, longOver, left } = calm()
    made.composing()
    made.receive(1)
    longOver()
    made.composing()
    expect(passed).toEqual([])
    longOver()
    expect(passed).toEqual([1])
    expect(left()).toBe(0)
  })

  it('[DRA-240] whoever asks is told when it is over, after what waited', async () => {
    const { made, passed, timeOver } = calm()
    expect(made.over()).toBeUndefined()
    made.composing()
    const order: string[] = []
    const over = made.over()?.then(() => order.push(`over, ${passed.length} passed`))
    made.receive(1)
    made.composed()
    timeOver()
    await over
    expect(order).toEqual(['over, 1 passed'])
    expect(made.over()).toBeUndefined()
  })
})
