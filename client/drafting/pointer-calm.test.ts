import { describe, expect, it } from 'vitest'
import { makePointerCalm } from './pointer-calm.ts'

function calm() {
  const passed: number[] = []
  let due: { at: number; run: () => void } | undefined
  const timers = {
    after(at: number, run: () => void) {
      const mine = { at, run }
      due = mine
      return () => {
        if (due === mine) due = undefined
      }
    },
  }
  const made = makePointerCalm<number>({ timers, pass: (frame) => passed.push(frame) })
  const timeOver = () => {
    const now = due
    due = undefined
    now?.run()
  }
  return { made, passed, timeOver, waits: () => due?.at }
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
